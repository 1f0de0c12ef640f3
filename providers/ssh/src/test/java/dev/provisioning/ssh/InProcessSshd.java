package dev.provisioning.ssh;

import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;

/** Apache MINA's SSH server on a loopback port; it runs commands with the local shell. */
final class InProcessSshd implements AutoCloseable {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger authentications = new AtomicInteger();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger commands = new AtomicInteger();
  private final KeyPair userKey = newKey();
  private volatile KeyPair hostKey = newKey();
  private volatile boolean refusing;
  private SshServer server = start(0);

  private SshServer start(int port) {
    var sshd = SshServer.setUpDefaultServer();
    sshd.setHost("127.0.0.1");
    sshd.setPort(port);
    sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    sshd.setPublickeyAuthenticator(
        (_, key, _) -> {
          authentications.incrementAndGet();
          return !refusing && key.equals(userKey.getPublic());
        });
    sshd.setCommandFactory(
        (_, command) -> {
          commands.incrementAndGet();
          return new LocalCommand(command);
        });
    sshd.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            connections.incrementAndGet();
          }

          @Override
          public void sessionEvent(Session session, Event event) {
            if (event == Event.Authenticated) {
              logins.incrementAndGet();
            }
          }
        });
    try {
      sshd.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sshd;
  }

  int port() {
    return server.getPort();
  }

  void refuseKeys() {
    refusing = true;
  }

  void restartWithAnotherKey() {
    int port = port();
    close();
    hostKey = newKey();
    server = start(port);
  }

  String fingerprint() {
    return PinnedHostKeys.fingerprint(hostKey.getPublic());
  }

  SecretValue userKey() {
    var text = Base64.getMimeEncoder().encodeToString(userKey.getPrivate().getEncoded());
    return new SecretValue(
        "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  /** Of user ops, with the key that the server accepts. */
  ShellTarget target(List<String> pins, HostKeyPolicy policy) {
    return target(port(), pins, policy);
  }

  ShellTarget pinned() {
    return pinned(port());
  }

  /** At a port that leads here, or nowhere. */
  ShellTarget pinned(int port) {
    return target(port, List.of(fingerprint()), HostKeyPolicy.PINNED);
  }

  private ShellTarget target(int port, List<String> pins, HostKeyPolicy policy) {
    return new ShellTarget(
        "machine-1",
        "127.0.0.1",
        port,
        "ops",
        userKey(),
        pins,
        policy,
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  /** The answer of a command that repeats a word. */
  static String say(RemoteShell shell, ShellTarget target, String word) {
    var command =
        new RemoteCommand("echo " + word, false, Optional.empty(), Duration.ofSeconds(10));
    return shell.read(target, command).stdout();
  }

  int connections() {
    return connections.get();
  }

  int authenticationRequests() {
    return authentications.get();
  }

  int logins() {
    return logins.get();
  }

  int commands() {
    return commands.get();
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close(true).await();
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
