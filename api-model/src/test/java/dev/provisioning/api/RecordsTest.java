package dev.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.BatchWorkflowStatusBuilder;
import dev.provisioning.api.workflow.Child;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.OperationStatusBuilder;
import dev.provisioning.api.workflow.UndoStatus;
import dev.provisioning.api.workflow.UndoType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The records through the serializer that the operator uses. */
class RecordsTest {
  private final KubernetesSerialization json = new KubernetesSerialization();

  @Test
  void anAbsentListIsEmptyAndAnEmptyOneIsNotWritten() {
    ServerSpec spec = json.unmarshal("{}", ServerSpec.class);

    assertThat(spec.fallbacks()).isEmpty();
    assertThat(spec.tags()).isEmpty();
    assertThat(json.asJson(spec)).isEqualTo("{}");
  }

  @Test
  void aStatusReadBackEqualsTheOneWritten() {
    Instant at = Instant.parse("2026-01-01T10:00:00Z");
    ServerStatus status =
        ServerStatusBuilder.builder()
            .observedGeneration(3L)
            .conditions(
                List.of(new Condition("Ready", ConditionStatus.True, "Ready", "It runs.", at, 3L)))
            .intent(new Intent("create#0", "00", at, null))
            .build();

    assertThat(json.unmarshal(json.asJson(status), ServerStatus.class)).isEqualTo(status);
    assertThat(json.asJson(status)).contains("\"lastTransitionTime\":\"2026-01-01T10:00:00Z\"");
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() {
    ServerSpec spec = json.unmarshal("plan: a\nfromTheFuture: {x: 1}", ServerSpec.class);

    assertThat(spec).isEqualTo(ServerSpecBuilder.builder().plan("a").build());
  }

  @Test
  void anExplicitNullInConfigIsKept() {
    TaskServSpec spec = json.unmarshal("config: {maxmemory: null}", TaskServSpec.class);

    assertThat(spec.config()).isEqualTo(Map.of("maxmemory", NullNode.getInstance()));
  }

  @Test
  void aWordThatJavaReservesIsAPlainFieldInYaml() {
    VersionSpec version = json.unmarshal("version: '7.0'\ndefault: true", VersionSpec.class);

    assertThat(version.isDefault()).isTrue();
    assertThat(json.asJson(version)).contains("\"default\":true").doesNotContain("isDefault");
  }

  @Test
  void aCopyDiffersOnlyInWhatWasChanged() {
    ServerSpec spec = ServerSpecBuilder.builder().plan("a").zone("z").build();

    assertThat(spec.withPlan("b"))
        .isEqualTo(ServerSpecBuilder.builder().plan("b").zone("z").build());
  }

  /** Every object stays under 256 KiB, also with names of usual length and all of them recorded. */
  @Test
  void theStatusOfAThousandOperationsFitsIntoAnObject() {
    Instant at = Instant.parse("2026-01-01T10:00:00Z");
    List<OperationStatus> operations =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    OperationStatusBuilder.builder()
                        .name("machine-%04d".formatted(i))
                        .phase(OperationPhase.Succeeded)
                        .attempt(1)
                        .startedAt(at)
                        .finishedAt(at)
                        .inputsHash("0123456789abcdef")
                        .children(
                            List.of(new Child(ChildKind.Server, "machine-%04d".formatted(i), true)))
                        .undo(new UndoStatus(UndoType.Delete, null, null, null))
                        .build())
            .toList();
    BatchWorkflowStatus status =
        BatchWorkflowStatusBuilder.builder().operations(operations).build();

    assertThat(json.asJson(status).length()).isLessThan(256 * 1024);
  }
}
