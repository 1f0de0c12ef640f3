package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Config config = withKeepAlive(new DefaultConfig());

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
    var client = new SSHClient(config);
    var hostKeys = new PinnedHostKeys(pins);
    client.addHostKeyVerifier(hostKeys);
    client.setConnectTimeout(Math.toIntExact(target.connectTimeout().toMillis()));
    keepAlive(client);
    var socket = new CuttableSocketFactory();
    client.setSocketFactory(socket);
    // sshj waits without limit for a peer that accepts and then says nothing.
    try (var _ = deadlines.after(target.connectTimeout(), socket::cut)) {
      open(client, target, bastion, socket);
      logIn(client, target);
      hostKeys.seen().ifPresent(key -> firstKeys.putIfAbsent(place(target), key));
      return new MachineConnection(
          client, target, hostKeys.seen().orElseThrow(), settings, bastion);
    } catch (UserAuthException e) {
      abandon(client, socket);
      throw SshFailures.authenticationRefused(target, e);
    } catch (IOException e) {
      boolean late = socket.wasCut();
      abandon(client, socket);
      if (hostKeys.refused()) {
        throw hostKeyRefused(target, pins, hostKeys.seen().orElseThrow());
      }
      var why =
          late
              ? "no answer within " + target.connectTimeout().toSeconds() + " s"
              : SshFailures.why(e, target.connectTimeout());
      throw SshFailures.unreachable(target, why, e);
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
      throw new IOException("its bastion " + place + " cannot reach it (" + e.getMessage() + ")", e);
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
