package dev.provisioning.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** Runs what an SSH client asks for with the local shell. */
final class LocalCommand implements Command {
  private final String line;
  private OutputStream out;
  private OutputStream err;
  private ExitCallback exit;
  private Process process;

  LocalCommand(String line) {
    this.line = line;
  }

  @Override
  public void setInputStream(InputStream in) {
    // No command of these tests reads its input.
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    process = new ProcessBuilder("/bin/sh", "-c", line).start();
    process.getOutputStream().close();
    Thread.ofVirtual().start(this::relay);
  }

  private void relay() {
    try {
      process.getInputStream().transferTo(out);
      process.getErrorStream().transferTo(err);
      out.flush();
      err.flush();
      exit.onExit(process.waitFor());
    } catch (IOException e) {
      exit.onExit(255, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exit.onExit(255, "interrupted");
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    process.destroyForcibly();
  }
}
