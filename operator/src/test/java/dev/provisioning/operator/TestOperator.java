package dev.provisioning.operator;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.operator.clients.SimulatedClouds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An operator that runs in a namespace of its own and at the end leaves nothing there. Registered
 * in a static field it serves all tests of a class, else one test.
 */
final class TestOperator extends RunningOperator
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  private final boolean withWorkspace;
  private boolean ofClass;

  private TestOperator(String prefix, boolean withWorkspace) {
    super(
        prefix + "-" + Long.toString(System.nanoTime(), 36),
        ALONE,
        new SimulatedClouds(Clock.systemUTC()));
    this.withWorkspace = withWorkspace;
  }

  static TestOperator inNamespace(String prefix) {
    return new TestOperator(prefix, false);
  }

  /** With Workspace acme, whose provider sim is simulated. */
  static TestOperator inWorkspace(String prefix) {
    return new TestOperator(prefix, true);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ofClass = true;
    begin();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!ofClass) {
      begin();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!ofClass) {
      end();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end();
  }

  private void begin() {
    prepare(client, namespace);
    start();
    if (withWorkspace) {
      new TestWorkspace(this, new TestServers(this)).create(TestWorkspace.spec());
    }
  }

  /** The Workspace last: it stays as long as something is in it. */
  private void end() {
    delete(BatchWorkflow.class);
    delete(Cluster.class);
    delete(Server.class);
    await()
        .atMost(PATIENCE)
        .until(() -> all(Cluster.class).isEmpty() && all(Server.class).isEmpty());
    delete(Workspace.class);
    await().atMost(PATIENCE).until(() -> all(Workspace.class).isEmpty());
    close();
  }

  private void delete(Class<? extends HasMetadata> kind) {
    client.resources(kind).inNamespace(namespace).delete();
  }
}
