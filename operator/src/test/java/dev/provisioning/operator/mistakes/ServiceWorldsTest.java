package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that cannot be as they are asked for: all on one machine, in one namespace. */
@Tag("machines")
@Isolated("its operator works in all namespaces")
class ServiceWorldsTest {
  private static final Path COMMON = Path.of("src/test/resources/mistakes/services.yaml");
  private static Play play;
  private static Machine machine;
  private static String gateway;
  private static HttpServer downloads;

  static List<Mistake> services() {
    return Mistakes.of("services");
  }

  @BeforeAll
  static void start() {
    if (services().isEmpty()) {
      return;
    }
    machine = Machine.whole();
    gateway = machine.gateway();
    downloads = downloads();
    play =
        Play.together(
            "services",
            services(),
            (mistake, namespace) -> new SharedMachine(mistake),
            SharedMachine.filledInto(Mistakes.text(COMMON)));
  }

  @AfterAll
  static void stop() {
    if (play != null) {
      play.close();
    }
    if (machine != null) {
      downloads.stop(0);
      machine.close();
    }
  }

  /** What artifacts are fetched from; what is not there is answered with 404. */
  private static HttpServer downloads() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
      byte[] body = "toy\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      server.createContext(
          "/toy",
          exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("services")
  void isToldAndConvergesWhenCorrected(Mistake mistake) {
    play.end(mistake);
  }

  private record SharedMachine(Mistake mistake) implements Play.Stage.Set {
    static String filledInto(String manifest) {
      return machine
          .filledIn(manifest)
          .replace("${gateway}", gateway)
          .replace("${port}", String.valueOf(downloads.getAddress().getPort()));
    }

    @Override
    public String filledIn(String manifest) {
      return filledInto(manifest);
    }

    @Override
    public void spoil() {
      machine.exec(mistake.spoil());
    }

    /** What was there before is there still, and of what is refused nothing is installed. */
    @Override
    public void isUntouched() {
      for (String subject : mistake.subjects()) {
        String name = subject.split(" ")[1];
        String state = "/var/lib/provisioning/taskservs/" + name + ".json";
        String found = machine.exec("test -e " + state + " && echo there || echo absent").strip();
        if (subject.startsWith("TaskServ ")) {
          assertThat(found).as(name).isEqualTo(wasThere(name) ? "there" : "absent");
        }
      }
    }

    private boolean wasThere(String name) {
      return Stream.of(Mistake.Time.EXISTS, Mistake.Time.DELETED)
          .flatMap(time -> mistake.at(time).stream())
          .anyMatch(
              document ->
                  document.contains("kind: TaskServ\n")
                      && document.contains("metadata: {name: %s}".formatted(name)));
    }

    @Override
    public void mend() {
      machine.exec(mistake.mend());
    }

    @Override
    public void close() {
      // The machine is there for all.
    }
  }
}
