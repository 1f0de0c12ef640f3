package dev.provisioning.crds;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** The kinds and what {@code kubectl} says of each as a whole. */
final class Kinds {
  static final List<Kind> ALL =
      List.of(
          new Kind(
              Workspace.class,
              "A Workspace holds what the machines and services of a namespace have in common:"
                  + " providers, defaults, limits and policy.",
              List.of(
                  Column.ready(),
                  Column.text("Phase", ".status.phase"),
                  Column.text("Environment", ".spec.environment"),
                  Column.number("Servers", ".status.usage.servers"),
                  Column.text("Monthly", ".status.usage.monthlyCost").wide(),
                  Column.message(),
                  Column.age())),
          new Kind(
              Server.class,
              "A Server is a machine: made at a provider or taken over, kept as its spec says, and"
                  + " reachable over SSH.",
              List.of(
                  Column.ready(),
                  Column.text("Phase", ".status.phase"),
                  Column.text("Address", ".status.addresses[0].value"),
                  Column.text("Plan", ".status.machine.plan"),
                  Column.text("Provider", ".status.machine.provider").wide(),
                  Column.text("Monthly", ".status.cost.monthly").wide(),
                  Column.flag("Suspended", ".spec.suspend").wide(),
                  Column.message(),
                  Column.age())),
          new Kind(
              TaskServ.class,
              "A TaskServ is a service on machines: installed from its TaskServDefinition, configured,"
                  + " kept healthy, upgraded and taken away.",
              List.of(
                  Column.ready(),
                  Column.text("Phase", ".status.phase"),
                  Column.text("Version", ".status.installedVersion"),
                  Column.text("Machines", ".status.ready"),
                  Column.number("Progress", ".status.progress").wide(),
                  Column.text("Available", ".status.availableVersion").wide(),
                  Column.flag("Suspended", ".spec.suspend").wide(),
                  Column.message(),
                  Column.age())),
          new Kind(
              TaskServDefinition.class,
              "A TaskServDefinition says what a service is, as data: versions, configuration, files,"
                  + " steps and health checks.",
              List.of(
                  Column.ready(),
                  Column.text("Category", ".spec.category"),
                  Column.text("Default", ".status.defaultVersion"),
                  Column.text("Description", ".spec.description").wide(),
                  Column.message(),
                  Column.age())));

  private Kinds() {}

  /** One kind: its class, a description of the whole, and its columns in {@code kubectl get}. */
  record Kind(
      Class<? extends CustomResource<?, ?>> type, String description, List<Column> columns) {}

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
