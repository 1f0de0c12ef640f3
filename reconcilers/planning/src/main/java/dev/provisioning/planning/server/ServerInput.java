package dev.provisioning.planning.server;

import dev.provisioning.api.server.BootstrapKey;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.Price;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the decision about one Server needs.
 *
 * @param status as last published; with nothing but nulls and empty lists before that
 * @param machines every machine with this Server's uid, and the recorded or adopted one by its id
 * @param workspace which version of the Workspace this rests on; empty while there is none to read
 * @param watched a change of the machine will wake the Server
 */
public record ServerInput(
    ResourceRef ref,
    ServerSpec spec,
    ServerStatus status,
    Optional<Version> workspace,
    Answer<EffectiveServer> effective,
    Answer<Provider> provider,
    Answer<List<Machine>> machines,
    boolean watched,
    Host host,
    Surroundings surroundings,
    Ledger ledger,
    Instant now) {

  /** What of an object was read. */
  public record Version(String uid, long generation) {}

  /**
   * The provider entry that has, or is to have, the machine.
   *
   * @param shell whether its machines can be logged in to
   * @param prices by plan and zone, {@code <plan>/<zone>}; what is missing is unknown
   */
  public record Provider(
      String name,
      String type,
      boolean shell,
      Capabilities capabilities,
      Catalog catalog,
      Map<String, Price> prices) {
    /** Machines that exist already and are never made or ended by us. */
    public boolean existing() {
      return type.equals("existing");
    }
  }

  /**
   * What is known of the way into the machine.
   *
   * @param bootstrap the key that a new machine will show; its Secret exists
   * @param problem why a login or a create cannot even be tried: a Secret that is missing or wrong
   * @param unreachable what the last probe of a machine known before ran into
   */
  public record Host(
      Optional<BootstrapKey> bootstrap, Optional<Failure> problem, Optional<Failure> unreachable) {
    public static final Host UNKNOWN =
        new Host(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Other resources that matter.
   *
   * @param dependants TaskServs that target this Server, sorted
   * @param addressOwner the older Server that has the same address
   * @param quota why the Workspace has no room for what it is to become
   * @param counted what it counts in the limits of its Workspace; empty while it counts nothing
   */
  public record Surroundings(
      List<String> dependants,
      Optional<String> addressOwner,
      Optional<Failure> quota,
      Optional<Footprint> counted) {
    public static final Surroundings NONE =
        new Surroundings(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
