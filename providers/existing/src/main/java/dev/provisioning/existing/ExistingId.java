package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.ShellTarget;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a machine that exists: {@code <machine-id>@<host>:<port>}. It records what the machine
 * said of itself when it was claimed, so that another machine at the same address is noticed.
 *
 * @param machineId 32 hex digits of machine-id(5)
 */
record ExistingId(String machineId, String host, int port) {
  private static final Pattern FULL = Pattern.compile("([0-9a-f]{32})@(.+):([0-9]{1,5})");

  static ExistingId of(String machineId, ShellTarget target) {
    return new ExistingId(machineId, target.host(), target.port());
  }

  /** Empty for anything else, a bare machine-id of {@code spec.adopt.id} included. */
  static Optional<ExistingId> parse(MachineId id) {
    Matcher matcher = FULL.matcher(id.value());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExistingId(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))));
  }

  /**
   * @throws ProviderException {@code Bug(MachineIdInvalid)} for anything else: the operator records
   *     full ids only
   */
  static ExistingId require(MachineId id) {
    return parse(id)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Bug(
                        "MachineIdInvalid", id + " is not <machine-id>@<host>:<port>")));
  }

  /** The machine-id in a full id; the value itself where it is bare. */
  static String machineIdIn(MachineId id) {
    return parse(id).map(ExistingId::machineId).orElse(id.value());
  }

  MachineId id() {
    return new MachineId(machineId + "@" + host + ":" + port);
  }
}
