package dev.provisioning.planning.taskserv.design;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.HealthCheckSpec;
import dev.provisioning.planning.taskserv.Refused;
import dev.provisioning.spi.model.HealthCheck;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Health checks as commands that need no tool beside bash. */
final class HealthCommands {
  private static final int HTTP = 80;

  private HealthCommands() {}

  /** {@code rendered} fills in a template. */
  static HealthCheck of(HealthCheckSpec check, UnaryOperator<String> rendered) {
    return new HealthCheck(
        check.name(),
        command(check, rendered),
        DurationText.parse(check.interval(), Duration.ofSeconds(10)),
        DurationText.parse(check.timeout(), Duration.ofSeconds(5)),
        check.retries() == null ? 3 : check.retries());
  }

  static Duration startPeriod(HealthCheckSpec check) {
    return DurationText.parse(check.startPeriod(), Duration.ofSeconds(30));
  }

  private static String command(HealthCheckSpec check, UnaryOperator<String> rendered) {
    if (check.tcp() != null) {
      String host = check.tcp().host() == null ? "127.0.0.1" : rendered.apply(check.tcp().host());
      return tcp(host, rendered.apply(check.tcp().port()));
    }
    if (check.http() != null) {
      int expected = check.http().expect() == null ? 200 : check.http().expect();
      return http(rendered.apply(check.http().url()), expected);
    }
    if (check.unit() != null) {
      String unit = Shell.quote(rendered.apply(check.unit()));
      return "systemctl is-active --quiet %s || { echo \"unit %s is $(systemctl is-active %s)\"; exit 1; }"
          .formatted(unit, unit.replace("'", ""), unit);
    }
    return check.command();
  }

  private static String tcp(String host, String port) {
    return "exec 3<>%s || { echo %s; exit 1; }"
        .formatted(
            Shell.quote("/dev/tcp/" + host + "/" + port),
            Shell.quote("nothing listens on " + host + ":" + port));
  }

  private static String http(String url, int expected) {
    URI uri = uri(url);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    if ("https".equals(uri.getScheme())) {
      return "code=$(curl -ksS -o /dev/null -w '%%{http_code}' %s) && [ \"$code\" = %d ] || { echo \"answered ${code:-nothing}, not %d\"; exit 1; }"
          .formatted(Shell.quote(url), expected, expected);
    }
    String place = "/dev/tcp/" + uri.getHost() + "/" + (uri.getPort() < 0 ? HTTP : uri.getPort());
    String request =
        "GET "
            + target
            + " HTTP/1.0\\r\\nHost: "
            + uri.getHost()
            + "\\r\\nConnection: close\\r\\n\\r\\n";
    return """
        exec 3<>%s || { echo %s; exit 1; }
        printf '%%b' %s >&3
        IFS= read -r line <&3 || line='an empty answer'
        case $line in HTTP/*\\ %d*) exit 0 ;; esac
        echo "answered ${line%%%%[[:cntrl:]]*}, not %d"
        exit 1
        """
        .formatted(
            Shell.quote(place),
            Shell.quote("nothing answers at " + url),
            Shell.quote(request),
            expected,
            expected);
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw Refused.invalid("TemplateInvalid", "http.url is not an address: " + url);
    }
    throw Refused.invalid("TemplateInvalid", "http.url has no host: " + url);
  }
}
