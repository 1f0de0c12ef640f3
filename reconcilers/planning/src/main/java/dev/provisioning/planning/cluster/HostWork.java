package dev.provisioning.planning.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.cluster.ClusterAction.WorkOnHosts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the operations of services will do on machines, as far as their definitions tell before the
 * machines are there. Of a service without a definition nothing is known.
 */
public final class HostWork {
  private final Map<String, TaskServDefinitionSpec> definitions;

  public HostWork(Map<String, TaskServDefinitionSpec> definitions) {
    this.definitions = definitions;
  }

  public List<WorkOnHosts> install(String taskServ, TaskServSpec wish) {
    return install(taskServ, wish, names(wish)).stream().toList();
  }

  /** {@code broken}: machines from which nothing can be taken. */
  public List<WorkOnHosts> change(
      String taskServ, TaskServSpec was, TaskServSpec wish, List<String> broken) {
    List<String> stay = names(wish).stream().filter(names(was)::contains).toList();
    List<String> come = names(wish).stream().filter(name -> !names(was).contains(name)).toList();
    List<String> go =
        names(was).stream().filter(n -> !names(wish).contains(n) && !broken.contains(n)).toList();
    Optional<WorkOnHosts> changed =
        stay.isEmpty() || alike(was, wish)
            ? Optional.empty()
            : reconfigure(taskServ, was, wish, stay);
    return Stream.of(
            changed,
            install(taskServ, wish, come),
            uninstall(taskServ, was.withDataPolicy(DataPolicy.Retain), go))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Machines see nothing of the other fields. */
  private static boolean alike(TaskServSpec was, TaskServSpec wish) {
    return Objects.equals(was.version(), wish.version())
        && Objects.equals(was.profile(), wish.profile())
        && Specs.same(Configured.of(was), Configured.of(wish));
  }

  private record Configured(Map<String, JsonNode> config) {
    static Configured of(TaskServSpec spec) {
      return new Configured(spec.config());
    }
  }

  public List<WorkOnHosts> uninstall(String taskServ, TaskServSpec was) {
    return uninstall(taskServ, was, names(was)).stream().toList();
  }

  private Optional<WorkOnHosts> install(String taskServ, TaskServSpec wish, List<String> on) {
    return line(
        new Line("Install", taskServ, "install", on),
        wish,
        definition ->
            Stream.of(
                Deeds.fetched(definition, wish),
                Deeds.listed("steps", definition.install().stream().map(StepSpec::name)),
                Deeds.applied(definition)));
  }

  private Optional<WorkOnHosts> reconfigure(
      String taskServ, TaskServSpec was, TaskServSpec wish, List<String> on) {
    boolean upgrade = !Objects.equals(was.version(), wish.version());
    return line(
        new Line(
            upgrade ? "Upgrade" : "Reconfigure", taskServ, upgrade ? "upgrade" : "reconfigure", on),
        wish,
        definition ->
            upgrade
                ? Stream.of(
                    Deeds.fetched(definition, wish),
                    Deeds.listed(
                        "steps",
                        Stream.concat(
                                definition.backup().stream(),
                                definition.upgrade().isEmpty()
                                    ? definition.install().stream()
                                    : definition.upgrade().stream())
                            .map(StepSpec::name)),
                    Deeds.applied(definition))
                : Stream.of(Deeds.applied(definition)));
  }

  private Optional<WorkOnHosts> uninstall(String taskServ, TaskServSpec was, List<String> from) {
    boolean loses = was.dataPolicy() == DataPolicy.Delete;
    return line(
            new Line("Uninstall", taskServ, "uninstall", from),
            was,
            definition ->
                Stream.of(
                    Deeds.listed("steps", definition.uninstall().stream().map(StepSpec::name)),
                    Deeds.listed(
                        loses ? "deletes the data in" : "leaves the data in",
                        Deeds.plain(definition.dataPaths().stream()))))
        .map(work -> loses ? work.losing() : work);
  }

  private record Line(String name, String taskServ, String verb, List<String> on) {}

  private Optional<WorkOnHosts> line(
      Line line, TaskServSpec spec, Function<TaskServDefinitionSpec, Stream<String>> details) {
    TaskServDefinitionSpec definition = definitions.get(spec.definition());
    if (definition == null || line.on().isEmpty()) {
      return Optional.empty();
    }
    String what =
        Deeds.version(definition, spec)
            .map(v -> spec.definition() + " " + v)
            .orElse(spec.definition());
    List<String> said = details.apply(definition).filter(text -> !text.isEmpty()).toList();
    return Optional.of(
        new WorkOnHosts(
            line.taskServ(),
            line.name(),
            "%s %s %s %s%s"
                .formatted(
                    line.verb(),
                    what,
                    line.verb().equals("uninstall") ? "from" : "on",
                    Sentences.names(line.on()),
                    said.isEmpty() ? "" : ": " + String.join("; ", said)),
            false));
  }

  private static List<String> names(TaskServSpec spec) {
    return spec.servers() == null ? List.of() : spec.servers().names();
  }
}
