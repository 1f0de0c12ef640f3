package dev.provisioning.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this computer, run to their end. */
final class Programs {
  private Programs() {}

  record Ended(int code, String output) {}

  static String sh(String... words) {
    Ended ended = run(words);
    if (ended.code() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + ended.output());
    }
    return ended.output();
  }

  static Ended run(String... words) {
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Ended(124, output);
      }
      return new Ended(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** kubectl against the API server of the tests. */
  static Ended kubectl(String... words) {
    return run(with(List.of(lib("kubectl"), "--kubeconfig", kubeconfig()), words));
  }

  /** helm against the API server of the tests. */
  static Ended helm(String... words) {
    return run(with(List.of(lib("helm"), "--kubeconfig", kubeconfig()), words));
  }

  private static String lib(String name) {
    return Catalogue.repository().resolve("hack/lib").resolve(name).toString();
  }

  private static String kubeconfig() {
    String path = System.getenv("PROVISIONING_TEST_KUBECONFIG");
    if (path == null) {
      throw new IllegalStateException(
          "PROVISIONING_TEST_KUBECONFIG names no API server; see hack/apiserver");
    }
    return Path.of(path).toAbsolutePath().toString();
  }

  private static String[] with(List<String> first, String... rest) {
    return Stream.concat(first.stream(), Stream.of(rest)).toArray(String[]::new);
  }
}
