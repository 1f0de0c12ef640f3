package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.controllers.access.Informers;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Which TaskServs are made from a definition. One of their own namespace hides the operator's. */
record DefinitionUsers(Informers informers, String operatorNamespace) {
  /** Sorted; those of other namespaces with theirs. */
  List<String> of(TaskServDefinition definition) {
    String name = definition.getMetadata().getName();
    String namespace = definition.getMetadata().getNamespace();
    Stream<TaskServ> candidates =
        namespace.equals(operatorNamespace)
            ? informers.taskServs().stream()
            : informers.taskServs(namespace).stream();
    return candidates
        .filter(one -> definitionOf(one).equals(name))
        .filter(one -> namespaceOf(one).equals(namespace) || !hidden(name, namespaceOf(one)))
        .map(one -> namespaceOf(one).equals(namespace) ? nameOf(one) : path(one))
        .sorted()
        .toList();
  }

  /** Tells which definitions may have won or lost a user, whenever one may have. */
  void onChange(Consumer<ResourceID> told) {
    informers.onTaskServs(
        taskServ -> {
          List<ResourceID> concerned = new ArrayList<>();
          concerned.add(new ResourceID(definitionOf(taskServ), namespaceOf(taskServ)));
          concerned.add(new ResourceID(definitionOf(taskServ), operatorNamespace));
          concerned.stream().distinct().filter(this::exists).forEach(told);
        });
  }

  private boolean exists(ResourceID definition) {
    return hidden(definition.getName(), definition.getNamespace().orElseThrow());
  }

  private boolean hidden(String definition, String namespace) {
    return informers.definition(namespace, definition).isPresent();
  }

  private static String definitionOf(TaskServ taskServ) {
    return Objects.requireNonNullElse(taskServ.getSpec().definition(), nameOf(taskServ));
  }

  private static String nameOf(TaskServ taskServ) {
    return taskServ.getMetadata().getName();
  }

  private static String namespaceOf(TaskServ taskServ) {
    return taskServ.getMetadata().getNamespace();
  }

  private static String path(TaskServ taskServ) {
    return namespaceOf(taskServ) + "/" + nameOf(taskServ);
  }
}
