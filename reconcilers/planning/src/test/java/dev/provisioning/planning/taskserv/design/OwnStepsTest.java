package dev.provisioning.planning.taskserv.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.HealthCheckSpecBuilder;
import dev.provisioning.api.taskserv.HttpCheck;
import dev.provisioning.api.taskserv.TcpCheck;
import dev.provisioning.spi.model.Bundle.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that come from us are read by a real bash. */
class OwnStepsTest {
  static Stream<String> scripts() {
    List<Script> steps =
        List.of(
            OwnSteps.packages(false),
            OwnSteps.packages(true),
            OwnSteps.artifact(),
            OwnSteps.stop(),
            OwnSteps.removePackages(),
            OwnSteps.removeFiles(List.of("/etc/it's here")),
            OwnSteps.deleteData());
    Stream<String> checks =
        Stream.of(
                HealthCommands.of(
                    HealthCheckSpecBuilder.builder()
                        .name("a")
                        .tcp(new TcpCheck(null, "80"))
                        .build(),
                    text -> text),
                HealthCommands.of(
                    HealthCheckSpecBuilder.builder()
                        .name("a")
                        .http(new HttpCheck("http://127.0.0.1:9090/-/ready?a='b'", 204))
                        .build(),
                    text -> text),
                HealthCommands.of(
                    HealthCheckSpecBuilder.builder()
                        .name("a")
                        .http(new HttpCheck("https://127.0.0.1/x", null))
                        .build(),
                    text -> text),
                HealthCommands.of(
                    HealthCheckSpecBuilder.builder().name("a").unit("x@y.service").build(),
                    text -> text))
            .map(check -> check.command());
    return Stream.concat(
        steps.stream().flatMap(s -> Stream.concat(s.check().stream(), Stream.of(s.run()))), checks);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bashUnderstandsIt(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmpty();
    assertThat(bash.exitValue()).isZero();
  }
}
