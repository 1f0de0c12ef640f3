package dev.provisioning.local;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.testkit.ProviderFixture;
import dev.provisioning.testkit.SmallMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The container engine of this computer. Everything this makes carries an operator id of its own
 * and is removed by it, so tests beside it are left alone.
 */
final class LocalFixture implements ProviderFixture {
  static final String IMAGE = "provisioning/machine:debian-12";
  private static final SmallMachine SMALL = new SmallMachine("1x1", IMAGE, "local", false);

  final Engine engine = new EngineDiscovery(Optional.empty(), System.getenv()).find();
  private final String operator;
  private final List<String> unowned = new ArrayList<>();
  private final Optional<LossyProxy> proxy;

  LocalFixture(String operator) {
    this.operator = operator;
    this.proxy = proxy(engine.endpoint());
  }

  /** Only a socket of this computer can be stood in front of. */
  private static Optional<LossyProxy> proxy(String endpoint) {
    if (!endpoint.startsWith("unix:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LossyProxy(Path.of(URI.create(endpoint).getPath())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MachineProvider provider() {
    String endpoint = proxy.map(LossyProxy::endpoint).orElse(engine.endpoint());
    return new LocalProvider(
        LocalConfig.defaults().withEndpoint(endpoint),
        operator,
        System.getenv(),
        InstantSource.system());
  }

  @Override
  public MachineRequest request(Owner owner, String hostname, int ordinal) {
    return SMALL.request(owner, hostname, ordinal);
  }

  @Override
  public Optional<String> otherPlan() {
    return Optional.of("2x2");
  }

  /** Every verb of this provider has its effect when it returns. */
  @Override
  public void settle() {}

  @Override
  public Optional<MachineId> unowned() {
    String id =
        engine
            .client()
            .createContainerCmd(IMAGE)
            .withName("contract-unowned-" + UUID.randomUUID())
            .withCmd("sleep", "300")
            .exec()
            .getId();
    unowned.add(id);
    engine.client().startContainerCmd(id).exec();
    return Optional.of(new MachineId(id));
  }

  @Override
  public boolean loseNextCreateReply() {
    proxy.ifPresent(p -> p.loseReplyTo("POST /containers/create?name=p0"));
    return proxy.isPresent();
  }

  @Override
  public boolean refuseNextCreate() {
    return false;
  }

  @Override
  public boolean failNextLaunch() {
    return false;
  }

  @Override
  public boolean sellOut() {
    return false;
  }

  @Override
  public int machinesOf(String uid) {
    return containers(Labels.UID + "=" + uid).size();
  }

  List<Container> containers(String label) {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec();
  }

  List<InspectVolumeResponse> volumes(String label) {
    return new MachineRecords(engine).volumes(label);
  }

  @Override
  public void close() {
    String label = Labels.OPERATOR + "=" + operator;
    List<String> ids = new ArrayList<>(unowned);
    containers(label).forEach(c -> ids.add(c.getId()));
    ids.forEach(this::remove);
    volumes(label).forEach(v -> engine.client().removeVolumeCmd(v.getName()).exec());
    ids.forEach(id -> new MachineRecords(engine).forget(id));
    try {
      if (proxy.isPresent()) {
        proxy.get().close();
      }
      engine.client().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String id) {
    try {
      engine.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      unowned.remove(id); // The test itself deleted it.
    }
  }
}
