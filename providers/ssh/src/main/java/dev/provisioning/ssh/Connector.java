package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Opens one connection: the host key is proven first, then the user logs in. */
final class Connector {
  private final SshSettings settings;
  private final Deadlines deadlines;
  private final Supplier<Config> config = () -> withKeepAlive(new DefaultConfig());

  /** Where nothing is pinned yet: the first key seen holds as long as this process. */
  private final Map<String, String> firstKeys = new ConcurrentHashMap<>();

  Connector(SshSettings settings, Deadlines deadlines) {
    this.settings = settings;
    this.deadlines = deadlines;
  }

  /** sshj's default provider never notices a dead peer. */
  private static Config withKeepAlive(Config config) {
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    return config;
  }

  /** {@code bastion} is the connection the target names as its bastion. */
  MachineConnection connect(ShellTarget target, Optional<MachineConnection> bastion) {
    if (target.hostKeys().isEmpty() && target.hostKeyPolicy() == HostKeyPolicy.PINNED) {
      throw SshFailures.hostKeyUnknown(target);
    }
    var pins = pins(target);
    var algorithms = new HostKeyAlgorithms();
    var first = Optional.<String>empty();
    while (true) {
      var hostKeys = new PinnedHostKeys(pins);
      try {
        return connect(target, bastion, hostKeys, algorithms);
      } catch (IOException e) {
        if (!hostKeys.refused() && first.isEmpty()) {
          throw SshFailures.unreachable(target, SshFailures.why(e, target.connectTimeout()), e);
        }
        first = first.or(hostKeys::seen);
        // The pinned key may be one of another algorithm that the machine has too.
        if (!hostKeys.refused() || !algorithms.postpone(hostKeys.algorithm())) {
          throw hostKeyRefused(target, pins, first.orElseThrow());
        }
      }
    }
  }

  private MachineConnection connect(
      ShellTarget target,
      Optional<MachineConnection> bastion,
      PinnedHostKeys hostKeys,
      HostKeyAlgorithms algorithms)
      throws IOException {
    var client = new SSHClient(algorithms.applyTo(config));
    client.addHostKeyVerifier(hostKeys);
    client.setConnectTimeout(Math.toIntExact(target.connectTimeout().toMillis()));
    keepAlive(client);
    var socket = new CuttableSocketFactory();
    client.setSocketFactory(socket);
    boolean connected = false;
    // sshj waits without limit for a peer that accepts and then says nothing.
    try (var _ = deadlines.after(target.connectTimeout(), socket::cut)) {
      open(client, target, bastion, socket);
      logIn(client, target);
      var hostKey = hostKeys.seen().orElseThrow();
      firstKeys.putIfAbsent(place(target), hostKey);
      connected = true;
      return new MachineConnection(client, target, hostKey, settings, bastion);
    } catch (UserAuthException e) {
      throw SshFailures.authenticationRefused(target, e);
    } catch (IOException e) {
      throw socket.wasCut() ? new SocketTimeoutException(e.getMessage()) : e;
    } finally {
      if (!connected) {
        abandon(client, socket);
      }
    }
  }

  void forget(String machine) {
    firstKeys.keySet().removeIf(place -> place.startsWith(machine + "@"));
  }

  private List<String> pins(ShellTarget target) {
    if (!target.hostKeys().isEmpty()) {
      return target.hostKeys();
    }
    return Optional.ofNullable(firstKeys.get(place(target))).map(List::of).orElse(List.of());
  }

  private static RuntimeException hostKeyRefused(
      ShellTarget target, List<String> pins, String seen) {
    return target.hostKeys().isEmpty()
        ? SshFailures.firstKeyChanged(target, String.join(" or ", pins), seen)
        : SshFailures.hostKeyChanged(target, seen);
  }

  private static String place(ShellTarget target) {
    return target.machine() + "@" + target.host() + ":" + target.port();
  }

  private void keepAlive(SSHClient client) {
    var runner = (KeepAliveRunner) client.getConnection().getKeepAlive();
    runner.setKeepAliveInterval(
        Math.toIntExact(Math.max(1, settings.keepAliveInterval().toSeconds())));
    runner.setMaxAliveCount(settings.keepAliveUnanswered());
  }

  private static void open(
      SSHClient client,
      ShellTarget target,
      Optional<MachineConnection> bastion,
      CuttableSocketFactory socket)
      throws IOException {
    if (bastion.isEmpty()) {
      client.connect(target.host(), target.port());
      return;
    }
    var channel = throughBastion(bastion.get(), target);
    socket.alsoCut(channel);
    client.connectVia(channel);
  }

  private static DirectConnection throughBastion(MachineConnection bastion, ShellTarget target)
      throws IOException {
    try {
      return bastion.client().newDirectConnection(target.host(), target.port());
    } catch (IllegalStateException e) {
      throw new IOException("the connection to its bastion broke", e);
    } catch (OpenFailException e) {
      var place = SshFailures.place(bastion.target());
      throw new IOException(
          "its bastion " + place + " cannot reach it (" + e.getMessage() + ")", e);
    }
  }

  private static void logIn(SSHClient client, ShellTarget target) throws IOException {
    client.authPublickey(target.user(), key(client, target));
  }

  private static KeyProvider key(SSHClient client, ShellTarget target) {
    try {
      var key = client.loadKeys(target.privateKey().reveal(), null, null);
      if (key.getPrivate() == null || key.getType() == KeyType.UNKNOWN) {
        throw new IOException("no private key");
      }
      return key;
    } catch (IOException | RuntimeException e) {
      throw SshFailures.keyUnreadable(target, e);
    }
  }

  private static void abandon(SSHClient client, CuttableSocketFactory socket) {
    socket.cut();
    MachineConnection.closeQuietly(client);
  }
}
