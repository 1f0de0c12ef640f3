package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.function.Supplier;

/** Runs {@link HostScripts} on machines and proves that each is the one that was meant. */
record Hosts(RemoteShell shell) {
  private static final Duration LIMIT = Duration.ofSeconds(25);
  private static final Duration RETRY = Duration.ofSeconds(10);

  Host read(ShellTarget target) {
    return stands(target, "", call(target, () -> shell.read(target, command(HostScripts.READ))));
  }

  /** Runs a script that itself refuses any machine but the one {@code seen}. */
  Host effect(Host seen, String script) {
    ShellTarget target = seen.target();
    CommandResult result =
        call(target, () -> Failpoints.around("host", () -> shell.run(target, command(script))));
    return stands(target, seen.state().machineId(), result);
  }

  static String place(ShellTarget target) {
    return target.host() + ":" + target.port();
  }

  static ProviderException identityChanged(String place, String expected, String seen) {
    return new ProviderException(
        new Failure.Conflict(
            "IdentityChanged",
            ("another machine answers at %s: its machine-id is %s, the claimed one had %s; nothing was"
                    + " changed on it")
                .formatted(place, seen, expected)));
  }

  private static RemoteCommand command(String script) {
    return RemoteCommand.asRoot(script, LIMIT);
  }

  /** A changed host key is a changed machine, whatever its machine-id says. */
  private static CommandResult call(ShellTarget target, Supplier<CommandResult> call) {
    try {
      return call.get();
    } catch (ProviderException e) {
      if (e.failure().reason().equals("HostKeyChanged")) {
        throw new ProviderException(
            new Failure.Conflict("IdentityChanged", e.failure().message()), e);
      }
      throw e;
    }
  }

  private static Host stands(ShellTarget target, String expected, CommandResult result) {
    if (result.exitCode() == HostScripts.ANOTHER_MACHINE) {
      throw identityChanged(place(target), expected, result.stdout().strip());
    }
    if (!result.succeeded()) {
      String last = result.stderr().lines().reduce((first, second) -> second).orElse("no output");
      throw new ProviderException(
          new Failure.Transient(
              "HostCommandFailed",
              "%s: exit %d: %s".formatted(place(target), result.exitCode(), last),
              RETRY));
    }
    return new Host(target, HostState.parse(result.stdout(), place(target)));
  }
}
