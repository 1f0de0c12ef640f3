package dev.provisioning.testkit;

import dev.provisioning.spi.MachineProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The rules of providers.md §2 as far as the port shows them, one test or more for each, named by
 * number. A rule that a provider's capabilities exclude, or that its world cannot provoke, is
 * reported as aborted with the reason. A provider takes all of them by extending this class.
 *
 * <p>Not here: P3 (bytes), P10 (table), P17, P20–P23 are tests of the provider or of its callers.
 */
public abstract class MachineProviderContract
    implements CreationRules,
        FailureRules,
        ReadingRules,
        OwnershipRules,
        ChangeRules,
        DeletionRules {
  /** The operator id that requests of this contract carry. */
  protected static final String OPERATOR = "contract-operator";

  private final List<MachineProvider> opened = new ArrayList<>();
  private ProviderFixture world;
  private MachineProvider provider;

  /** A world for one test. */
  protected abstract ProviderFixture fixture() throws Exception;

  @BeforeEach
  void open() throws Exception {
    world = fixture();
    provider = restarted();
  }

  @AfterEach
  void shut() {
    opened.forEach(MachineProvider::close);
    world.close();
  }

  @Override
  public final MachineProvider provider() {
    return provider;
  }

  @Override
  public final ProviderFixture world() {
    return world;
  }

  @Override
  public final synchronized MachineProvider restarted() {
    MachineProvider next = world.provider();
    opened.add(next);
    return next;
  }
}
