package dev.provisioning.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of this computer, run to their end: docker, kubectl, ssh-keygen. What they print to
 * either stream is one text, in the order in which they printed it. A program that has not ended
 * after five minutes is killed, and has then failed, so that a test fails instead of hanging.
 */
public final class Programs {
  private static final int PATIENCE_MINUTES = 5;

  private Programs() {}

  /** How a program ended: its exit code, and all that it printed. */
  public record Ended(int code, String output) {
    /** The same text in lines, without the blanks at their ends. */
    public List<String> lines() {
      return output.lines().map(String::stripTrailing).toList();
    }
  }

  /**
   * What a program printed that has to succeed.
   *
   * @throws IllegalStateException with its output, when it does not exit with 0
   */
  public static String run(String... words) {
    Ended ended = attempt(words);
    if (ended.code() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + ended.output());
    }
    return ended.output();
  }

  /** A program whose exit code the caller judges. It has no input. */
  public static Ended attempt(String... words) {
    return attempt(List.of(words), "");
  }

  /** The same with {@code input}, which it must read before it prints much. */
  public static Ended attempt(List<String> words, String input) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      // Its end closes the pipe below, which would be read for ever otherwise.
      process
          .onExit()
          .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
          .exceptionally(late -> process.destroyForcibly());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + words.getFirst() + " ran", e);
    }
  }
}
