package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.config.Memo;
import dev.provisioning.planning.taskserv.Refused;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * The templates of definitions: Qute, strict, without escaping, over maps, lists and scalars alone,
 * so that a template reaches no Java.
 */
public final class Templates {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names after a dot that are no keys of the value. */
  static final Set<String> METHODS =
      Set.of(
          "json",
          "shell",
          "sqlLiteral",
          "sqlName",
          "size",
          "length",
          "isEmpty",
          "empty",
          "orEmpty",
          "keys",
          "keySet",
          "values",
          "entrySet",
          "raw",
          "or",
          "ifTruthy",
          "iterator",
          "first",
          "last");

  private static final Memo<String, Template> KNOWN = new Memo<>(2_048);
  private static final Engine ENGINE = engine();

  private Templates() {}

  /**
   * @param where names the template in messages: {@code spec.files[0].template}
   * @throws Refused with reason TemplateInvalid, naming place, line and variable
   */
  public static String render(String where, String text, Map<String, Object> data) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    try {
      return parse(where, text).data(data).render();
    } catch (TemplateException e) {
      throw refused(where, e);
    } catch (CompletionException e) {
      throw refused(where, new TemplateException(String.valueOf(e.getCause().getMessage())));
    }
  }

  /** The template, or a refusal that names the line. */
  static Template parse(String where, String text) {
    try {
      return KNOWN.get(text, ENGINE::parse);
    } catch (TemplateException e) {
      throw refused(where, e);
    }
  }

  private static Refused refused(String where, TemplateException e) {
    String at = e.getOrigin() == null ? where : where + ":" + e.getOrigin().getLine();
    return Refused.invalid("TemplateInvalid", at + ": " + problem(e));
  }

  private static String problem(TemplateException e) {
    String code = e.getCodeName().orElse("");
    Map<String, Object> arguments = e.getArguments() == null ? Map.of() : e.getArguments();
    if (code.equals("EVALUATOR_PROPERTY_NOT_FOUND")) {
      String expression = String.valueOf(arguments.get("expression"));
      String missing = String.valueOf(arguments.get("prop"));
      return missing.startsWith("Method")
          ? "no such method in {" + expression + "}"
          : "unknown variable {" + expression + "}";
    }
    String message = String.valueOf(e.getMessage());
    return message.replaceFirst("^(Parser|Rendering) error: ", "").lines().findFirst().orElse(code);
  }

  private static Engine engine() {
    return Engine.builder()
        .addDefaults()
        .strictRendering(true)
        .addValueResolver(none("json", Templates::json))
        .addValueResolver(none("shell", value -> Shell.quote(text(value))))
        .addValueResolver(none("sqlLiteral", value -> "'" + text(value).replace("'", "''") + "'"))
        .addValueResolver(none("sqlName", value -> '"' + text(value).replace("\"", "\"\"") + '"'))
        .addValueResolver(one("join", Templates::join))
        .addValueResolver(one("percent", Templates::percent))
        .addValueResolver(one("indent", Templates::indent))
        .build();
  }

  private static ValueResolver none(String name, java.util.function.Function<Object, Object> f) {
    return ValueResolver.builder()
        .appliesTo(c -> applies(c, name, 0))
        .resolveSync(c -> f.apply(c.getBase()))
        .build();
  }

  private static ValueResolver one(
      String name, java.util.function.BiFunction<Object, Object, Object> f) {
    return ValueResolver.builder()
        .appliesTo(c -> applies(c, name, 1))
        .resolveAsync(
            c -> {
              Expression argument = c.getParams().getFirst();
              return c.evaluate(argument).thenApply(value -> f.apply(c.getBase(), value));
            })
        .build();
  }

  /** A map's own key of that name wins: it is data. */
  private static boolean applies(EvalContext context, String name, int parameters) {
    return context.getName().equals(name)
        && context.getParams().size() == parameters
        && !(context.getBase() instanceof Map<?, ?> map && map.containsKey(name));
  }

  private static String json(Object value) {
    return Hashes.canonical(JSON.<JsonNode>valueToTree(value));
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static Object join(Object list, Object separator) {
    Collection<?> items = list instanceof Collection<?> c ? c : List.of(list);
    return items.stream().map(Templates::text).collect(Collectors.joining(text(separator)));
  }

  private static Object percent(Object number, Object percent) {
    return new BigDecimal(text(number))
        .multiply(new BigDecimal(text(percent)))
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.DOWN)
        .toBigInteger();
  }

  private static Object indent(Object value, Object spaces) {
    return text(value).indent(Integer.parseInt(text(spaces))).stripTrailing();
  }
}
