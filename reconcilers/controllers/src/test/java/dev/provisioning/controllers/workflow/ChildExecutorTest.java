package dev.provisioning.controllers.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.BatchWorkflowSpecBuilder;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.controllers.InMemoryApiServer;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.Marks;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a workflow writes into a Server that was there before, and what it leaves to others. */
class ChildExecutorTest {
  private static final ChildRef WEB = new ChildRef(ChildKind.Server, "web");

  private final InMemoryApiServer api = new InMemoryApiServer();
  private final BatchWorkflow earlier = made(workflow("earlier"));
  private final BatchWorkflow later = made(workflow("later"));
  private final Server before = made(server());
  private final Informers informers = new Informers(api.client(), Set.of(), "operator");
  private final ChildExecutor executor = new ChildExecutor(api.client(), informers);

  @AfterEach
  void close() {
    informers.close();
    api.close();
  }

  @Test
  void what_an_earlier_workflow_changed_is_left_to_it_though_no_cache_shows_it_yet() {
    looked(null);
    executor.apply(earlier, large(earlier));

    assertThat(failure(() -> executor.apply(later, large(later))))
        .isInstanceOf(Failure.Waiting.class)
        .extracting(Failure::message)
        .isEqualTo("BatchWorkflow earlier, which changed it, is not over");
  }

  @Test
  void the_earlier_workflow_does_not_wait_for_the_later() {
    looked(null);
    executor.apply(later, large(later));
    executor.apply(earlier, large(earlier));

    assertThat(web().getMetadata().getAnnotations())
        .containsEntry(Marks.OPERATION + "resize", large(earlier).mark());
  }

  @Test
  void an_approval_is_handed_on_until_others_edit_the_resource_and_again_after_the_way_back() {
    looked(null);
    executor.apply(later, large(later));
    executor.approve(later, approval());
    assertThat(approved()).isEqualTo("hash");

    edit(
        server -> {
          server.setSpec(server.getSpec().withPlan("huge"));
          return server;
        });
    assertThat(failure(() -> executor.approve(later, approval())))
        .isInstanceOf(Failure.Conflict.class)
        .extracting(Failure::message)
        .isEqualTo("Server web was edited by others: approve it there");

    looked(null);
    executor.restore(later, new RestoreChild("resize", WEB, "back"));
    executor.approve(later, approval());
    assertThat(web().getSpec()).isEqualTo(before.getSpec());
  }

  @Test
  void what_asked_for_something_before_is_not_answered_by_a_workflow() {
    looked(new PlanStatus("others", List.of(), null, false));
    executor.apply(later, large(later));

    assertThat(failure(() -> executor.approve(later, approval())))
        .isInstanceOf(Failure.Conflict.class);
  }

  @Test
  void nor_is_what_others_edited_and_nobody_has_looked_at() {
    executor.apply(later, large(later));

    assertThat(failure(() -> executor.approve(later, approval())))
        .isInstanceOf(Failure.Conflict.class);
  }

  @Test
  void who_deletes_hears_whether_nothing_was_there() {
    DestroyGrant grant = DestroyGrant.fromOrder(ref(), "operation gone");
    DeleteChild delete = new DeleteChild("gone", WEB, false, grant, "delete it");

    assertThat(executor.delete(later, delete)).isFalse();
    assertThat(executor.delete(later, delete)).isTrue();
  }

  @Test
  void a_write_without_an_answer_may_have_happened() {
    assertThat(Refusals.of("it was not made", new KubernetesClientException("timeout")).failure())
        .isInstanceOf(Failure.OutcomeUnknown.class);
  }

  private static Failure failure(Runnable write) {
    return catchThrowableOfType(ProviderException.class, write::run).failure();
  }

  private static ApplyChild large(BatchWorkflow workflow) {
    return new ApplyChild(
        "resize",
        WEB,
        Map.of("plan", "large"),
        Optional.empty(),
        false,
        workflow.getMetadata().getUid() + "/0123",
        false,
        "change it");
  }

  private static ApproveChild approval() {
    return new ApproveChild("resize", WEB, "hash", "hand it on");
  }

  private String approved() {
    return web().getMetadata().getAnnotations().get(ResourceRef.APPROVE_PLAN);
  }

  /** Its controller has seen the present spec, and asks for {@code plan}. */
  private void looked(PlanStatus plan) {
    edit(
        server -> {
          long generation = server.getMetadata().getGeneration();
          server.setStatus(
              ServerStatusBuilder.builder().observedGeneration(generation).plan(plan).build());
          return server;
        });
  }

  private void edit(UnaryOperator<Server> change) {
    api.client().resource(change.apply(web())).update();
  }

  private Server web() {
    return api.client().resource(before).get();
  }

  private ResourceRef ref() {
    return new ResourceRef(
        "BatchWorkflow",
        "shop",
        "later",
        "uid",
        1,
        Instant.EPOCH,
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static Server server() {
    Server server = new Server();
    server.setMetadata(new ObjectMetaBuilder().withName("web").withNamespace("shop").build());
    server.setSpec(ServerSpecBuilder.builder().plan("small").build());
    return server;
  }

  private static BatchWorkflow workflow(String name) {
    BatchWorkflow workflow = new BatchWorkflow();
    workflow.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
    workflow.setSpec(BatchWorkflowSpecBuilder.builder().operations(List.of()).build());
    return workflow;
  }

  private <T extends HasMetadata> T made(T object) {
    return api.client().resource(object).create();
  }
}
