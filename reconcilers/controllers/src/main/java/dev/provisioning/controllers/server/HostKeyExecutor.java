package dev.provisioning.controllers.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Shared;
import dev.provisioning.planning.server.CloudConfig;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.List;

/**
 * First contact. The machine is known by a key that we gave it at birth; over that channel it makes
 * one of its own, tells its fingerprint, and switches once the fingerprint is safely in the status.
 * Each step can be repeated.
 */
final class HostKeyExecutor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STILL_BOOTING = 75;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final String KEY = "/etc/ssh/ssh_host_ed25519_key";

  /**
   * A stuck module of cloud-init must not keep a machine for ever: five minutes after the machine's
   * start the identity file alone decides. {@code cloud-init status --wait} says no more than these
   * files, and costs a small machine much of the time that its boot needs.
   */
  private static final String BOOTED =
      """
      for i in $(seq 30); do
        for end in result.json disabled; do [ -e "/run/cloud-init/$end" ] && exit 0; done
        sleep 0.5
      done
      up=$(ps -o etimes= -p 1 | tr -d ' ')
      [ "$up" -lt 300 ] || exit 0
      stage=$(sed -n 's/.*"stage": "\\(.*\\)".*/\\1/p' /run/cloud-init/status.json 2>/dev/null)
      echo "stage ${stage:-unknown}, up for ${up}s"
      exit %d
      """
          .formatted(STILL_BOOTING);

  private static final String NEXT_KEY =
      """
      set -e
      k=%s
      if [ ! -s $k.next ]; then
        rm -f $k.tmp $k.tmp.pub
        ssh-keygen -q -t ed25519 -N '' -C "$(hostname)" -f $k.tmp
        mv $k.tmp $k.next
      fi
      ssh-keygen -lf $k.next | cut -d' ' -f2
      """
          .formatted(KEY);

  private static final String SWITCH =
      """
      set -e
      k=%s
      print() { ssh-keygen -lf "$1" | cut -d' ' -f2; }
      if [ -s $k.next ] && [ "$(print $k.next)" = '%%s' ]; then mv -f $k.next $k; fi
      ssh-keygen -y -f $k > $k.pub.tmp && mv -f $k.pub.tmp $k.pub
      rm -f $k.tmp $k.tmp.pub
      [ "$(print $k)" = '%%s' ] || exit 3
      systemctl reload ssh 2>/dev/null || systemctl reload sshd
      """
          .formatted(KEY);

  private final Shared shared;
  private final RemoteShell shell;
  private final BootstrapKeys bootstrapKeys;

  HostKeyExecutor(Shared shared, BootstrapKeys bootstrapKeys) {
    this.shared = shared;
    this.shell = shared.world().shell();
    this.bootstrapKeys = bootstrapKeys;
  }

  /** The fingerprint of the key that the machine made for itself, not used yet. */
  String pin(Server server, int incarnation) {
    ShellTarget target = target(server);
    DoorStep.await(target);
    awaitBoot(target);
    identity(target, server, incarnation);
    CommandResult result =
        Failpoints.around(
            "shell.next-key", () -> shell.run(target, RemoteCommand.asRoot(NEXT_KEY, SHORT)));
    String fingerprint = result.stdout().strip();
    if (!result.succeeded() || !fingerprint.startsWith("SHA256:")) {
      throw failed("the machine could not make a host key: " + tail(result));
    }
    return fingerprint;
  }

  /** Logs in again by the new key alone. */
  Contact change(Server server, String fingerprint) {
    ShellTarget target = target(server);
    RemoteCommand command = RemoteCommand.asRoot(SWITCH.formatted(fingerprint, fingerprint), SHORT);
    CommandResult result = Failpoints.around("shell.switch-key", () -> shell.run(target, command));
    if (!result.succeeded()) {
      throw failed("the machine did not switch its host key: " + tail(result));
    }
    Contact contact = new NewDoor(shell).await(only(target, fingerprint));
    bootstrapKeys.forget(server);
    return contact;
  }

  Contact contact(Server server) {
    ShellTarget target = target(server);
    DoorStep.await(target);
    return shell.contact(target);
  }

  private ShellTarget target(Server server) {
    return shared.world().targets().of(server);
  }

  /** cloud-init's own verdict is not ours: the identity file is what must be there. */
  private void awaitBoot(ShellTarget target) {
    CommandResult result = shell.read(target, RemoteCommand.asRoot(BOOTED, SHORT));
    if (result.exitCode() == STILL_BOOTING) {
      throw new ProviderException(
          new Failure.Waiting(
              "CloudInitRunning",
              "cloud-init is still at work on the machine (%s)".formatted(result.stdout().strip()),
              LOOK_AGAIN));
    }
  }

  private void identity(ShellTarget target, Server server, int incarnation) {
    CommandResult result =
        shell.read(target, RemoteCommand.asRoot("cat " + CloudConfig.IDENTITY_PATH, SHORT));
    if (!result.succeeded()) {
      throw failed("cloud-init has not written " + CloudConfig.IDENTITY_PATH);
    }
    try {
      JsonNode identity = JSON.readTree(result.stdout());
      boolean same =
          identity.path("uid").asText().equals(server.getMetadata().getUid())
              && identity.path("incarnation").asInt() == incarnation;
      if (!same) {
        throw new ProviderException(
            new Failure.Conflict(
                "IdentityMismatch",
                "the machine at %s says it is another Server's: %s"
                    .formatted(target.host(), result.stdout().strip())));
      }
    } catch (JsonProcessingException e) {
      throw new ProviderException(
          new Failure.Conflict(
              "IdentityMismatch", CloudConfig.IDENTITY_PATH + " on the machine is not ours"),
          e);
    }
  }

  private static ShellTarget only(ShellTarget target, String fingerprint) {
    return new ShellTarget(
        target.machine(),
        target.host(),
        target.port(),
        target.user(),
        target.privateKey(),
        List.of(fingerprint),
        ShellTarget.HostKeyPolicy.PINNED,
        target.bastion(),
        target.connectTimeout());
  }

  private static String tail(CommandResult result) {
    return (result.stderr().isBlank() ? result.stdout() : result.stderr()).strip();
  }

  private static ProviderException failed(String message) {
    return new ProviderException(
        new Failure.Transient("FirstContactFailed", message, Duration.ofSeconds(4)));
  }
}
