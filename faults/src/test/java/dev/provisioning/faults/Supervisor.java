package dev.provisioning.faults;

import dev.provisioning.spi.failpoint.Failpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one operator running, as a Deployment would: who was killed is followed by the next. An
 * operator that ends in any other way is a failure.
 */
final class Supervisor implements AutoCloseable {
  private static final Path CLASSES = Path.of("target", "child").toAbsolutePath();
  private static final Path ARCHIVE = CLASSES.resolve("shared.jsa");
  private static final String CLASSPATH = classpath();
  private static final String LINE = "%1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n";
  private static final int KILLED = 137;
  private static final int PROCESSES = 8;
  private static final int LAST_LINES = 8;
  private static final int PATIENCE_SECONDS = 60;

  private final Launch launch;
  private final List<Process> processes = new ArrayList<>();
  private volatile String trouble = "";
  private volatile boolean alone;

  Supervisor(Launch launch) {
    this.launch = launch;
  }

  /**
   * @param directory gets the logs and the trace of failpoints
   * @param orders for the first process, beside its kill: {@code hold=…}
   * @param settings of the operator
   */
  record Launch(
      Path directory, Path kubeconfig, Kills kills, String orders, Map<String, String> settings) {
    Launch with(String setting, String value) {
      Map<String, String> more = new TreeMap<>(settings);
      more.put(setting, value);
      return new Launch(directory, kubeconfig, kills, orders, more);
    }
  }

  Path directory() {
    return launch.directory();
  }

  Path trace() {
    return launch.directory().resolve("failpoints");
  }

  synchronized void start() {
    if (alone && !processes.isEmpty()) {
      return;
    }
    int number = processes.size();
    StringBuilder script = new StringBuilder("record=" + trace());
    if (killed() == 0 && !launch.orders().isBlank()) {
      script.append(";").append(launch.orders());
    }
    launch.kills().of(killed()).ifPresent(point -> script.append(";halt=").append(point));
    List<String> command = command();
    command.add("-D" + Failpoints.PROPERTY + "=" + script);
    command.add(ChildOperator.class.getName());
    try {
      Files.createDirectories(launch.directory());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(launch.directory().resolve("operator-" + number + ".log").toFile());
      builder.environment().put("KUBECONFIG", launch.kubeconfig().toString());
      Process process = builder.start();
      processes.add(process);
      process.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xshare:auto", "-Xlog:disable"));
    // The first that ends in order leaves its classes to the others: they start twice as fast.
    String use = Files.exists(ARCHIVE) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    command.add(use + ARCHIVE);
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-Djava.util.logging.SimpleFormatter.format=" + LINE);
    launch.settings().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", CLASSPATH));
    return command;
  }

  private static String classpath() {
    try {
      Files.deleteIfExists(ARCHIVE);
      return Classpath.archived(CLASSES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ended(Process process) {
    if (alone) {
      return;
    }
    if (process.exitValue() == KILLED || refused()) {
      start();
    } else {
      trouble = "the operator ended with " + process.exitValue() + "; see " + launch.directory();
    }
  }

  /** On a busy computer the API server may be late; a Deployment would try again, too. */
  private synchronized boolean refused() {
    Path log = launch.directory().resolve("operator-" + (processes.size() - 1) + ".log");
    try {
      return processes.size() < PROCESSES && Files.readString(log).contains("does not answer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the effects and passes of the last process do, on one line; all its threads are written
   * beside its log.
   */
  synchronized String threads() throws IOException {
    Path file = launch.directory().resolve("threads");
    Process dump =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(processes.getLast().pid()),
                "Thread.dump_to_file",
                "-overwrite",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    dump.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return Files.exists(file) ? ThreadDump.ofWork(Files.readString(file)) : "no thread dump";
  }

  /** The end of the last process' log, on one line. */
  synchronized String lastWords() throws IOException {
    Path log = launch.directory().resolve("operator-" + (processes.size() - 1) + ".log");
    List<String> lines = Files.readAllLines(log);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Empty as long as operators ended only where they were to. */
  String trouble() {
    return trouble;
  }

  /** From now on nobody follows who ends, and however it ends is right. */
  void leaveAlone() {
    alone = true;
  }

  private synchronized List<Process> all() {
    return List.copyOf(processes);
  }

  /** The n-th process, counted from 0. */
  synchronized Process process(int number) {
    return processes.get(number);
  }

  /** kill -9 of the one that runs; the next follows. */
  synchronized void kill() {
    processes.getLast().destroyForcibly();
  }

  /** The successor of this many that were killed says that it is at work. */
  boolean looked(int killed) {
    Path log = launch.directory().resolve("operator-" + killed + ".log");
    try {
      return Files.exists(log) && Files.readString(log).contains("ready: true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized int killed() {
    return (int) processes.stream().filter(p -> !p.isAlive() && p.exitValue() == KILLED).count();
  }

  /** In order: what runs closes its caches and leaves. */
  @Override
  public void close() {
    leaveAlone();
    for (Process process : all()) {
      try {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        process.destroyForcibly();
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
