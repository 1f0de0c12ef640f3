package dev.provisioning.ssh;

import dev.provisioning.spi.model.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
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
