package dev.provisioning.bench.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as users start it: its jar in a JVM of its own. */
final class OperatorProcess implements AutoCloseable {
  private static final int PORT = 18180;
  private static final long TICKS_PER_SECOND = 100;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Process process;
  private final long begun = System.nanoTime();

  private OperatorProcess(Process process) {
    this.process = process;
  }

  /** How to start it. {@code flags} go to the JVM; its output goes to {@code log}. */
  record Launch(Path jar, Path kubeconfig, List<String> flags, Path log) {
    OperatorProcess start() throws IOException {
      List<String> words = new ArrayList<>();
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(flags);
      words.addAll(List.of("-jar", jar.toString()));
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(PORT));
      return new OperatorProcess(builder.start());
    }
  }

  /** Milliseconds from the start of the process until it says that it is ready. */
  double awaitReady() throws IOException, InterruptedException {
    return await("ready", () -> status("/q/health/ready") == 200);
  }

  /** Milliseconds from the start of the process until it ended its first pass. */
  double awaitFirstPass() throws IOException, InterruptedException {
    return await("first pass", () -> metric("provisioning_reconcile_total") > 0);
  }

  /** A question that may have no answer yet. */
  private interface Question {
    boolean ask() throws IOException, InterruptedException;
  }

  private double await(String what, Question question) throws IOException, InterruptedException {
    while (System.nanoTime() - begun < START_LIMIT.toNanos()) {
      if (!process.isAlive()) {
        throw new IOException("the operator ended with exit " + process.exitValue());
      }
      if (answers(question)) {
        return (System.nanoTime() - begun) / 1e6;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IOException("not so within " + START_LIMIT + ": " + what);
  }

  private static boolean answers(Question question) throws InterruptedException {
    try {
      return question.ask();
    } catch (IOException notYet) {
      return false;
    }
  }

  private int status(String path) throws IOException, InterruptedException {
    return http.send(request(path), BodyHandlers.discarding()).statusCode();
  }

  /** Sum over all label sets of a counter. */
  double metric(String name) throws IOException, InterruptedException {
    return http.send(request("/q/metrics"), BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  /** Resident memory in MB. */
  long residentMegabytes() throws IOException {
    try (var lines = Files.lines(proc("status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Seconds of processor time used so far. */
  double processorSeconds() throws IOException {
    var fields = Files.readString(proc("stat")).replaceFirst("^.*\\) ", "").split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
