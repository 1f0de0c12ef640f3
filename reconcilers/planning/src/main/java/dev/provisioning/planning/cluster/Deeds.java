package dev.provisioning.planning.cluster;

import dev.provisioning.api.taskserv.ManagedFileSpec;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service's operations do on a machine, in words; an empty text for nothing. */
final class Deeds {
  private Deeds() {}

  static String fetched(TaskServDefinitionSpec definition, TaskServSpec spec) {
    Optional<VersionSpec> version =
        definition.versions().stream()
            .filter(v -> version(definition, spec).filter(v.version()::equals).isPresent())
            .findFirst();
    return joined(
        listed("packages", plain(version.stream().flatMap(v -> v.packages().stream()))),
        version.filter(v -> !v.artifacts().isEmpty()).isPresent() ? "downloads it" : "");
  }

  static String applied(TaskServDefinitionSpec definition) {
    return joined(
        listed("files", plain(definition.files().stream().map(ManagedFileSpec::path))),
        listed("steps", definition.configure().stream().map(StepSpec::name)),
        listed("starts", plain(definition.units().stream())));
  }

  /** As the spec says it, or the one that is taken when it says nothing. */
  static Optional<String> version(TaskServDefinitionSpec definition, TaskServSpec spec) {
    return Optional.ofNullable(spec.version())
        .or(
            () ->
                definition.versions().stream()
                    .filter(
                        v ->
                            definition.versions().size() == 1 || Boolean.TRUE.equals(v.isDefault()))
                    .map(VersionSpec::version)
                    .findFirst());
  }

  /** What a template decides is not known yet. */
  static Stream<String> plain(Stream<String> texts) {
    return texts.filter(text -> text.indexOf('{') < 0);
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
  }

  static String listed(String what, Stream<String> items) {
    List<String> all = items.toList();
    return all.isEmpty() ? "" : what + " " + Sentences.names(all);
  }
}
