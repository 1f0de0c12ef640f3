package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one operation of one TaskServ needs on one machine, content-addressed by {@code
 * digest} (hex SHA-256 over all other fields). Secrets are not in it: where a file needs one it
 * holds {@link #secretMarker}, which the machine replaces from tmpfs.
 *
 * @param taskServ name of the applied-state record on the machine
 * @param environment values of the step scripts, given as environment variables only
 * @param appliedState JSON written to the applied-state record after the last step succeeded; empty
 *     means that the record is removed (uninstall)
 */
public record Bundle(
    String digest,
    String taskServ,
    List<ManagedFile> files,
    List<Step> steps,
    Map<String, String> environment,
    Optional<String> appliedState) {
  public Bundle {
    files = List.copyOf(files);
    steps = List.copyOf(steps);
    environment = Map.copyOf(environment);
  }

  /** What stands in a file in place of the secret {@code name}. */
  public static String secretMarker(String name) {
    return "@@provisioning-secret:" + name + "@@";
  }

  /**
   * A file that the operation owns. {@code mode} is octal ({@code 0640}), {@code owner} is {@code
   * user:group}. {@code validate} is a shell command that must succeed with the candidate file in
   * {@code $FILE} before it replaces the old one. {@code restarts} and {@code reloads} name units.
   */
  public record ManagedFile(
      String path,
      String content,
      String mode,
      String owner,
      Optional<String> validate,
      List<String> restarts,
      List<String> reloads) {
    public ManagedFile {
      restarts = List.copyOf(restarts);
      reloads = List.copyOf(reloads);
    }
  }

  /** One step, in order. */
  public sealed interface Step {
    /** As reports and failures call it. */
    String name();

    /** Of each try. */
    Duration timeout();

    /** Further tries after the first, with growing pauses. */
    int retries();

    /** Share of the operation's progress; 1 is usual. */
    int weight();
  }

  /**
   * A script. {@code check} exit 0 means already so, skip. Without a check the author declares
   * {@code run} safe to repeat. {@code user} lowers privileges from root.
   */
  public record Script(
      String name,
      Optional<String> check,
      String run,
      Optional<String> user,
      Duration timeout,
      int retries,
      int weight,
      boolean bestEffort)
      implements Step {}

  /**
   * Writes the bundle's files that differ, each atomically, and remembers which units to restart.
   */
  public record WriteFiles(String name, Duration timeout, int retries, int weight)
      implements Step {}

  /** Enables and starts units; restarts or reloads those whose files changed, and no other. */
  public record StartUnits(
      String name, List<String> units, Duration timeout, int retries, int weight) implements Step {
    public StartUnits {
      units = List.copyOf(units);
    }
  }

  /** Runs the checks until all succeed; fails with the last message at the timeout. */
  public record Verify(
      String name, List<HealthCheck> checks, Duration timeout, int retries, int weight)
      implements Step {
    public Verify {
      checks = List.copyOf(checks);
    }
  }
}
