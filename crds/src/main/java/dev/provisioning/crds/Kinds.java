package dev.provisioning.crds;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;

/** The kinds and what {@code kubectl} says of each as a whole. */
final class Kinds {
  static final List<Kind> ALL =
      List.of(
          Kind.of(
              Workspace.class,
              "A Workspace holds what the machines and services of a namespace have in common:"
                  + " providers, defaults, limits and policy.",
              Column.text("Phase", ".status.phase"),
              Column.text("Environment", ".spec.environment"),
              Column.number("Servers", ".status.usage.servers"),
              Column.text("Monthly", ".status.usage.monthlyCost").wide(),
              Column.flag("Suspended", ".spec.suspend").wide()),
          Kind.of(
              Server.class,
              "A Server is a machine: made at a provider or taken over, kept as its spec says, and"
                  + " reachable over SSH.",
              Column.text("Phase", ".status.phase"),
              Column.text("Address", ".status.addresses[0].value"),
              Column.text("Plan", ".status.machine.plan"),
              Column.text("Provider", ".status.machine.provider").wide(),
              Column.text("Monthly", ".status.cost.monthly").wide(),
              Column.flag("Suspended", ".spec.suspend").wide()),
          Kind.of(
              TaskServ.class,
              "A TaskServ is a service on machines: installed from its TaskServDefinition, configured,"
                  + " kept healthy, upgraded and taken away.",
              Column.text("Phase", ".status.phase"),
              Column.text("Version", ".status.installedVersion"),
              Column.text("Machines", ".status.ready"),
              Column.number("Progress", ".status.progress").wide(),
              Column.text("Available", ".status.availableVersion").wide(),
              Column.flag("Suspended", ".spec.suspend").wide()),
          Kind.of(
              BatchWorkflow.class,
              "A BatchWorkflow is a graph of operations that is carried out once: it goes on after any"
                  + " crash, and can be taken back in reverse order.",
              Column.text("Phase", ".status.phase"),
              Column.text("Done", ".status.progress.done"),
              Column.number("Failed", ".status.progress.failed"),
              Column.text("Current", ".status.progress.currentOperations[0]"),
              Column.text("Complete", ".status.progress.estimatedCompletion").wide(),
              Column.flag("Suspended", ".spec.suspend").wide()),
          Kind.of(
              TaskServDefinition.class,
              "A TaskServDefinition says what a service is, as data: versions, configuration, files,"
                  + " steps and health checks.",
              Column.text("Category", ".spec.category"),
              Column.text("Default", ".status.defaultVersion"),
              Column.text("Description", ".spec.description").wide()),
          Kind.of(
              Cluster.class,
              "A Cluster is machines and services as one thing: pools of Servers and TaskServs on"
                  + " them, created in order, scaled, updated, healed and deleted in reverse.",
              Column.text("Phase", ".status.phase"),
              Column.text("Machines", ".status.ready"),
              Column.text("Definition", ".spec.definition"),
              Column.number("Progress", ".status.progress").wide(),
              Column.text("Monthly", ".status.cost.monthly").wide(),
              Column.flag("Suspended", ".spec.suspend").wide()),
          Kind.of(
              ClusterDefinition.class,
              "A ClusterDefinition is a topology as data: pools of machines and services on them,"
                  + " with parameters.",
              Column.text("Description", ".spec.description")));

  private Kinds() {}

  /** One kind: its class, a description of the whole, and its columns in {@code kubectl get}. */
  record Kind(
      Class<? extends CustomResource<?, ?>> type, String description, List<Column> columns) {
    /** Every kind begins with Ready and ends with what Ready says, and the age. */
    static Kind of(Class<? extends CustomResource<?, ?>> type, String description, Column... own) {
      List<Column> columns = new ArrayList<>();
      columns.add(Column.ready());
      columns.addAll(List.of(own));
      columns.add(Column.message());
      columns.add(Column.age());
      return new Kind(type, description, List.copyOf(columns));
    }
  }

  /** A printer column; one of priority 1 is shown by {@code -o wide} only. */
  record Column(String name, String type, String path, int priority) {
    static Column text(String name, String path) {
      return new Column(name, "string", path, 0);
    }

    static Column number(String name, String path) {
      return new Column(name, "integer", path, 0);
    }

    static Column flag(String name, String path) {
      return new Column(name, "boolean", path, 0);
    }

    static Column ready() {
      return text("Ready", ".status.conditions[?(@.type==\"Ready\")].status");
    }

    static Column message() {
      return text("Message", ".status.conditions[?(@.type==\"Ready\")].message").wide();
    }

    static Column age() {
      return new Column("Age", "date", ".metadata.creationTimestamp", 0);
    }

    Column wide() {
      return new Column(name, type, path, 1);
    }
  }
}
