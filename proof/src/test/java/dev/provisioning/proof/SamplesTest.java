package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples, as people apply them, on a real API server. */
@Tag("apiserver")
class SamplesTest {
  /** What a sample builds on, of another. */
  private static final Map<String, String> BASES =
      Map.of("cluster", "quickstart/00-namespace.yaml");

  static Stream<Path> samples() {
    Path folder = Catalogue.repository().resolve("samples");
    try (Stream<Path> all = Files.walk(folder)) {
      return all
          .filter(Files::isDirectory)
          .filter(SamplesTest::isApplied)
          .map(folder::relativize)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Argo CD and Flux read needs their kinds; base is a part of dev and prod. */
  private static boolean isApplied(Path folder) {
    String name = folder.getFileName().toString();
    return holdsYaml(folder) && !Stream.of("argocd", "flux", "base").anyMatch(name::equals);
  }

  private static boolean holdsYaml(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void kindsAreKnown() {
    Clusters.installKinds();
  }

  private static void isThere(String file) {
    Path base = Catalogue.repository().resolve("samples").resolve(file);
    var applied = Clusters.kubectl("apply", "-f", base.toString());
    assertThat(applied.code()).as(applied.output()).isZero();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsTakenByTheApiServer(Path sample) {
    Path folder = Catalogue.repository().resolve("samples").resolve(sample);
    String how = Files.exists(folder.resolve("kustomization.yaml")) ? "-k" : "-f";
    Optional.ofNullable(BASES.get(sample.toString())).ifPresent(SamplesTest::isThere);
    try {
      var applied = Clusters.kubectl("apply", how, folder.toString());
      assertThat(applied.code()).as(applied.output()).isZero();
      assertThat(applied.output())
          .doesNotContain("Warning")
          .containsPattern("(server|cluster|batchworkflow).provisioning.dev");
    } finally {
      // Nobody waits here for what a namespace holds: no operator runs, so nothing holds on.
      Clusters.kubectl("delete", how, folder.toString(), "--ignore-not-found", "--wait=false");
    }
  }
}
