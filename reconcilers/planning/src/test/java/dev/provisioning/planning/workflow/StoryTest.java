package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.SchedulingStrategy;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.StoryFile;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Workflows as stories: {@code src/test/resources/workflow/stories/*.txt}, one per test, in the
 * order in which people would see it. Run with {@code -Dstories.write=true} after a wanted change,
 * and read the difference.
 */
class StoryTest {
  private static final String OPERATIONS =
      """
      operations:
      - {name: machines, servers: {names: [web-01, web-02], template: {provider: up, plan: 2xCPU-4GB}}}
      - {name: db, dependsOn: [{name: machines}], taskServ: {definition: postgres, servers: {names: [web-02]}}}
      - {name: cache, dependsOn: [{name: machines, type: Soft}], taskServ: {definition: redis, servers: {names: [web-01]}}}
      - {name: smoke, dependsOn: [{name: db}, {name: cache}], script: {servers: {names: [web-01]}, run: ok, rollback: undo}}
      - {name: go-live, dependsOn: [{name: smoke}], approval: {message: "switch traffic?", approvers: ['group:release']}}
      """;

  private final Scene scene = new Scene();

  @AfterEach
  void compare(TestInfo info) {
    StoryFile.compare("workflow", info, StoryFile.named(scene.told));
  }

  @Test
  void fromMachinesToGoLive() {
    scene.chapter("machines, services, a script, and a person's yes");
    scene.apply(OPERATIONS).settle();
    scene.chapter("approved");
    scene.annotations.put("approve.provisioning.dev/go-live", "yes");
    scene.settle();
  }

  @Test
  void failedOperationRetriedAndResumed() {
    scene.chapter("web-02 finds no capacity");
    scene.world.stuck.add("web-02");
    scene.apply(OPERATIONS).settle();
    scene.chapter("there is room again, and a person resumes");
    scene.world.stuck.clear();
    scene.annotations.put("approve.provisioning.dev/go-live", "yes/again");
    scene.apply("resume: {token: again}\n" + OPERATIONS);
    scene.settle();
  }

  @Test
  void failedScriptRollsEverythingBack() {
    scene.world.failing.add("smoke");
    scene.apply("onFailure: Rollback\n" + OPERATIONS).settle();
  }

  @Test
  void someOperationsTakenBackOnDemand() {
    scene.annotations.put("approve.provisioning.dev/go-live", "yes");
    scene.apply(OPERATIONS).settle();
    scene.chapter("cache goes, and what depends on it");
    scene.apply("rollback: {requested: true, operations: [cache]}\n" + OPERATIONS).settle();
    scene.chapter("and comes again with a resume");
    scene.apply("resume: {token: again}\n" + OPERATIONS).settle();
    scene.chapter("the yes of before was another question's");
    scene.annotations.put("approve.provisioning.dev/go-live", "yes/again");
    scene.settle();
  }

  @Test
  void undoFailsAndIsTriedAgain() {
    scene.annotations.put("approve.provisioning.dev/go-live", "yes");
    scene.apply(OPERATIONS).settle();
    scene.chapter("everything goes, but the script's rollback fails");
    scene.world.failing.add("undo smoke");
    scene.apply("rollback: {requested: true}\n" + OPERATIONS).settle();
    scene.chapter("mended, and tried again");
    scene.world.failing.clear();
    scene.apply("rollback: {requested: true}\nresume: {token: go-on}\n" + OPERATIONS).settle();
  }

  @Test
  void cancelledAndResumed() {
    scene.apply(OPERATIONS).settle(Duration.ofSeconds(15));
    scene.chapter("cancelled while services are on their way");
    scene.apply("cancel: true\n" + OPERATIONS).settle();
    scene.chapter("resumed");
    scene.annotations.put("approve.provisioning.dev/go-live", "yes/again");
    scene.apply("resume: {token: again}\n" + OPERATIONS).settle();
  }

  @Test
  void editedWhileItRuns() {
    String one = "operations:\n- {name: web, server: {provider: upcloud, plan: %s}}\n";
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    scene.chapter("the Workspace asks for approval");
    scene.apply(one.formatted("2xCPU-4GB")).settle();
    scene.chapter("approved; the operator dies when the start is recorded and nothing is made");
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
    scene.pass(false);
    scene.crash();
    scene.chapter("meanwhile somebody wants another plan: that was approved by nobody");
    scene.apply(one.formatted("16xCPU-64GB")).settle();
    scene.chapter("approved as well");
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
    scene.settle();
  }

  @Test
  void suspendedInTheMiddle() {
    scene.annotations.put("approve.provisioning.dev/go-live", "yes");
    scene.apply(OPERATIONS).settle(Duration.ofSeconds(5));
    scene.chapter("suspended");
    scene.apply("suspend: true\n" + OPERATIONS).settle();
    scene.chapter("and on");
    scene.apply(OPERATIONS).settle();
  }

  @Test
  void plannedThenApproved() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    scene.chapter("only a plan");
    scene.apply("mode: Plan\n" + OPERATIONS).settle();
    scene.chapter("to be carried out, once approved");
    scene.apply(OPERATIONS).settle();
    scene.chapter("web-01 appears meanwhile: the plan of before is no longer what would happen");
    String old = scene.status.orElseThrow().plan().hash();
    scene.world.exists(ChildKind.Server, "web-01");
    scene.annotations.put(ResourceRef.APPROVE_PLAN, old);
    scene.settle();
    scene.chapter("approved as it is now");
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
    scene.annotations.put("approve.provisioning.dev/go-live", "yes");
    scene.settle();
  }

  @Test
  void changedResourcesGetTheirSpecBack() {
    scene.world.exists(ChildKind.TaskServ, "db").spec.put("version", "15");
    scene.world.exists(ChildKind.Cluster, "web").spec.put("replicas", 3);
    String operations =
        """
        operations:
        - {name: bigger, scale: {cluster: web, replicas: 5}}
        - {name: newer, dependsOn: [{name: bigger}], upgrade: {taskServ: db, version: "16"}}
        """;
    scene.apply(operations).settle();
    scene.chapter("taken back");
    scene.apply("rollback: {requested: true}\n" + operations).settle();
  }

  @Test
  void whoStartsFirst() {
    String operations =
        """
        parallelism: 1
        operations:
        - {name: early, server: {}}
        - {name: urgent, priority: 90, server: {}}
        - {name: base, server: {}}
        - {name: top, dependsOn: [{name: base}], server: {}}
        """;
    for (SchedulingStrategy strategy : SchedulingStrategy.values()) {
      Scene each = new Scene();
      each.chapter("strategy: " + strategy);
      each.apply("strategy: %s\n%s".formatted(strategy, operations)).settle();
      scene.told.addAll(each.told);
    }
  }

  @Test
  void untilAConditionHolds() {
    scene.chapter("the certificate is not there yet");
    scene.world.stuck.add("web-tls");
    scene
        .apply(
            """
            operations:
            - {name: cert, wait: {condition: {apiVersion: cert-manager.io/v1, kind: Certificate, name: web-tls}}}
            - {name: web-01, dependsOn: [{name: cert}], server: {plan: 2xCPU-4GB}}
            """)
        .settle(Duration.ofSeconds(12));
    scene.chapter("now it is");
    scene.world.stuck.clear();
    scene.settle();
  }

  @Test
  void aClusterIsMadeScaledAndUpgraded() {
    String operations =
        """
        operations:
        - {name: shop, cluster: {nodePools: [{name: web, replicas: 2}], components: [{name: app, version: "1"}]}}
        - {name: bigger, dependsOn: [{name: shop}], scale: {cluster: shop, nodePool: %s, replicas: 4}}
        - {name: newer, dependsOn: [{name: bigger}], upgrade: {cluster: shop, component: app, version: "2"}}
        """;
    scene.chapter("a misspelt pool");
    scene.apply(operations.formatted("wbe")).settle();
    scene.chapter("mended, and resumed");
    scene.apply("resume: {token: again}\n" + operations.formatted("web")).settle();
    ChildRef shop = new ChildRef(ChildKind.Cluster, "shop");
    scene.told.add("    " + scene.world.things.get(shop).spec);
    scene.chapter("the upgrade is taken back");
    scene
        .apply(
            "resume: {token: again}\nrollback: {requested: true, operations: [newer]}\n"
                + operations.formatted("web"))
        .settle();
    scene.told.add("    " + scene.world.things.get(shop).spec);
  }

  @Test
  void timeToLive() {
    scene.apply(
        """
        ttlAfterFinished: 168h
        operations:
        - {name: pause, wait: {duration: 10s}}
        """);
    scene.settle(Duration.ofDays(30));
  }
}
