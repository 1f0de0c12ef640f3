package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.taskserv.Refused;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds unknown variables in templates without any machine to render them for. */
public final class TemplateCheck {
  private static final Set<String> MEMBER =
      Set.of(
          "name",
          "hostname",
          "address",
          "privateAddress",
          "publicAddress",
          "role",
          "index",
          "leader");
  private static final Set<String> SERVER =
      union(MEMBER, Set.of("os", "osVersion", "architecture", "cores", "memoryMb", "diskGb"));
  private static final Set<String> LISTS =
      Set.of("members", "others", "peers", "services", "machines", "targets");
  private static final Set<String> SCALARS = Set.of("version", "role", "taskserv", "dataPolicy");
  private static final Pattern LOOP = Pattern.compile("\\{#(?:for|each)\\s+(\\w+)\\s+in\\b");
  private static final Pattern LET = Pattern.compile("\\{#let\\s+([^}]*)}");
  private static final Pattern LET_NAME = Pattern.compile("(\\w+)\\s*=");

  private final Map<String, Set<String>> maps;
  private final JsonNode schema;
  private final Set<String> secrets;

  public TemplateCheck(TaskServDefinitionSpec definition) {
    Set<String> exports =
        definition.exports().stream().map(ExportSpec::name).collect(Collectors.toSet());
    this.maps =
        Map.of(
            "server", SERVER,
            "leader", MEMBER,
            "workspace", Set.of("name", "environment"),
            "exports", exports);
    this.schema = schemaOf(definition);
    this.secrets =
        Configuration.secretsOf(definition).stream()
            .map(path -> path.replace("?", ""))
            .map(path -> path.contains(".") ? path.substring(0, path.indexOf('.')) : path)
            .collect(Collectors.toSet());
  }

  /** The first problem of a template. */
  public Optional<String> problem(String where, String text) {
    if (text == null || text.indexOf('{') < 0) {
      return Optional.empty();
    }
    Template template;
    try {
      template = Templates.parse(where, text);
    } catch (Refused e) {
      return Optional.of(e.failure().message());
    }
    Set<String> locals = locals(text);
    for (Expression expression : template.getExpressions()) {
      Optional<String> problem = problem(expression, locals);
      if (problem.isPresent()) {
        return Optional.of(where + ":" + expression.getOrigin().getLine() + ": " + problem.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(Expression expression, Set<String> locals) {
    if (expression.isLiteral() || expression.getParts().isEmpty()) {
      return Optional.empty();
    }
    List<Expression.Part> parts = expression.getParts();
    String root = parts.getFirst().getName();
    if (locals.contains(root) || LISTS.contains(root) || SCALARS.contains(root)) {
      return Optional.empty();
    }
    if (root.equals("config")) {
      return config(parts);
    }
    Set<String> keys = maps.get(root);
    if (keys == null) {
      return Optional.of(
          "unknown variable {%s}; there are config, %s"
              .formatted(expression.toOriginalString(), all()));
    }
    return parts.size() > 1
            && !parts.get(1).isVirtualMethod()
            && !keys.contains(parts.get(1).getName())
        ? Optional.of(
            "unknown variable {%s}; %s has %s"
                .formatted(
                    expression.toOriginalString(),
                    root,
                    keys.isEmpty() ? "none" : String.join(", ", new TreeSet<>(keys))))
        : Optional.empty();
  }

  private Optional<String> config(List<Expression.Part> parts) {
    JsonNode at = schema;
    StringBuilder path = new StringBuilder("config");
    for (Expression.Part part : parts.subList(1, parts.size())) {
      JsonNode properties = at.path("properties");
      boolean top = at == schema;
      if (part.isVirtualMethod() || !properties.isObject() && !top || isOpen(at)) {
        return Optional.empty();
      }
      String name = part.getName();
      path.append('.').append(name);
      if (top && secrets.contains(name)) {
        return Optional.empty();
      }
      if (!properties.has(name)) {
        // `size`, `json` and the like are no keys.
        return Templates.METHODS.contains(name)
            ? Optional.empty()
            : Optional.of("{%s} is not in spec.config.schema".formatted(path));
      }
      at = properties.get(name);
    }
    return Optional.empty();
  }

  private static boolean isOpen(JsonNode schema) {
    JsonNode more = schema.path("additionalProperties");
    return more.isObject() || more.asBoolean(false);
  }

  private static JsonNode schemaOf(TaskServDefinitionSpec definition) {
    Map<String, JsonNode> own =
        definition.config() == null ? Map.of() : definition.config().schema();
    return own.containsKey("openAPIV3Schema") ? own.get("openAPIV3Schema") : Json.tree(own);
  }

  private static Set<String> locals(String text) {
    Set<String> names = new HashSet<>(Set.of("it", "count", "index", "hasNext", "odd", "even"));
    Matcher loop = LOOP.matcher(text);
    while (loop.find()) {
      names.add(loop.group(1));
      List.of("count", "index", "hasNext", "odd", "even", "isFirst", "isLast", "isOdd", "isEven")
          .forEach(suffix -> names.add(loop.group(1) + "_" + suffix));
    }
    List.of("count", "index", "hasNext", "odd", "even", "isFirst", "isLast")
        .forEach(suffix -> names.add("it_" + suffix));
    Matcher let = LET.matcher(text);
    while (let.find()) {
      Matcher name = LET_NAME.matcher(let.group(1));
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  private String all() {
    Set<String> names = new TreeSet<>(maps.keySet());
    names.addAll(LISTS);
    names.addAll(SCALARS);
    return String.join(", ", names);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new HashSet<>(a);
    all.addAll(b);
    return Set.copyOf(all);
  }
}
