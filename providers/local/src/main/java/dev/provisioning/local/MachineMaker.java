package dev.provisioning.local;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * Makes the machine of a request, or completes it: the name is the token, and until a container has
 * run once its seed is put and its start asked again.
 */
record MachineMaker(
    Containers containers, Function<String, Grants> grants, LocalConfig.Profile profile) {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration IMAGE_RETRY = Duration.ofSeconds(30);

  MachineId make(MachineRequest request) {
    InspectContainerResponse container =
        containers.inspect(request.name()).orElseGet(() -> made(request));
    requireSameTry(container, request);
    if ("created".equals(container.getState().getStatus())) {
      boot(container.getId(), request);
    }
    return new MachineId(container.getId());
  }

  private InspectContainerResponse made(MachineRequest request) {
    ContainerSpec spec =
        new ContainerSpec(containers.engine(), grants.apply(request.imageId()), profile);
    String what = "making machine " + request.name();
    EngineFailures.effect(
        what,
        () -> {
          try {
            Failpoints.around("engine.create", () -> spec.command(request).exec());
          } catch (ConflictException e) {
            // Somebody else is making it now; the engine reserves a name before it shows it.
            requireSameTry(
                containers.inspect(request.name()).orElseThrow(() -> busy(request, e)), request);
          } catch (NotFoundException e) {
            throw imageMissing(request.imageId(), e);
          }
        });
    return containers.inspect(request.name()).orElseThrow(() -> noAnswer(what));
  }

  private static ProviderException busy(MachineRequest request, Exception cause) {
    String message = "machine " + request.name() + " is being made by another call";
    return new ProviderException(new Failure.Transient("Busy", message, SOON), cause);
  }

  private static ProviderException noAnswer(String what) {
    return new ProviderException(
        new Failure.OutcomeUnknown("NoAnswer", what + ": it is gone again already"));
  }

  static ProviderException imageMissing(String image, Exception cause) {
    return new ProviderException(
        new Failure.Waiting(
            "ImageMissing",
            ("the container engine has no image %s; `./dev setup` builds the machine images, or name"
                    + " another under images of the provider")
                .formatted(image),
            IMAGE_RETRY),
        cause);
  }

  private static void requireSameTry(InspectContainerResponse container, MachineRequest request) {
    boolean same =
        Containers.key(Containers.labels(container)).filter(request.key()::equals).isPresent();
    if (!same) {
      throw new ProviderException(
          new Failure.Conflict(
              "NameTaken",
              "a container named %s exists and was not made by this try"
                  .formatted(request.name())));
    }
  }

  private void boot(String id, MachineRequest request) {
    if (!seeded(id, request)) {
      EngineFailures.effect(
          "seeding machine " + request.name(),
          () -> Failpoints.around("engine.seed", () -> seed(id, request)));
    }
    EngineFailures.effect(
        "starting machine " + request.name(),
        () -> Failpoints.around("engine.start", () -> start(id)));
  }

  private void seed(String id, MachineRequest request) {
    containers
        .engine()
        .client()
        .copyArchiveToContainerCmd(id)
        .withRemotePath("/")
        .withTarInputStream(Seed.tar(request))
        .exec();
  }

  private void start(String id) {
    containers.engine().client().startContainerCmd(id).exec();
  }

  /**
   * The start that a dead predecessor asked for may be under way: its seed is not touched again.
   */
  private boolean seeded(String id, MachineRequest request) {
    return EngineFailures.read(
        "reading the seed of machine " + request.name(),
        () -> {
          try (InputStream there =
              containers.engine().client().copyArchiveFromContainerCmd(id, Seed.LAST).exec()) {
            return Seed.isLast(there, request);
          } catch (NotFoundException e) {
            return false;
          } catch (IOException e) {
            throw new UncheckedIOException("reading the seed of machine " + request.name(), e);
          }
        });
  }
}
