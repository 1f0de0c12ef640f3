package dev.provisioning.ssh;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;

/** One command on one channel. Its standard error is always drained, or it could block. */
final class RemoteProcess implements AutoCloseable {
  private static final int LONGEST_LINE = 8 * 1024 * 1024;
  private final Session session;
  private final long begun;
  private final Session.Command command;
  private final InputStream out;
  private final BoundedOutput errors = new BoundedOutput();
  private final Thread errorReader;
  private IOException writeFailure;

  RemoteProcess(Session session, String commandLine) throws IOException {
    this.session = session;
    this.begun = System.nanoTime();
    this.command = session.exec(commandLine);
    this.out = new BufferedInputStream(command.getInputStream());
    this.errorReader = Thread.ofVirtual().name("ssh-stderr").start(this::drainErrors);
  }

  private void drainErrors() {
    try {
      errors.readAll(command.getErrorStream());
    } catch (IOException e) {
      // The reader of standard output meets the same break and reports it.
      Thread.currentThread().interrupt();
    }
  }

  /** Since before the machine could begin with it: never less than what the machine counts. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  InputStream out() {
    return out;
  }

  /**
   * Sends bytes. A command that ends without reading them breaks this, and is no failure: its
   * answer decides, or {@link #line} throws when there is none.
   */
  void send(byte[] bytes) {
    try {
      OutputStream in = command.getOutputStream();
      in.write(bytes);
      in.flush();
    } catch (IOException e) {
      writeFailure = e;
    }
  }

  void endInput() {
    try {
      command.getOutputStream().close();
    } catch (IOException e) {
      writeFailure = e;
    }
  }

  /** The next line without its end; empty at the end of output. */
  Optional<String> line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int c = out.read(); c >= 0; c = out.read()) {
      if (c == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      line.write(c);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
    }
    return Optional.empty();
  }

  String rest() throws IOException {
    return new String(out.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What it said on standard error so far, or all of it after {@link #exit}. */
  String errors() {
    return errors.text();
  }

  /** Exit status (128 + n for a signal) once the output has ended. */
  int exit() throws IOException {
    command.join(10, TimeUnit.SECONDS);
    joinErrors();
    if (command.getExitStatus() != null) {
      return command.getExitStatus();
    }
    if (command.getExitSignal() != null) {
      return 128 + 15;
    }
    throw new IOException("the channel ended without an exit status", writeFailure);
  }

  private void joinErrors() throws IOException {
    try {
      errorReader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
