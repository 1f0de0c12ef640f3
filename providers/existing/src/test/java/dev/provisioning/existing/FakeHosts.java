package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Hosts that are directories: the provider's real scripts run in a real shell, with {@code
 * /var/lib/provisioning} and {@code /etc/machine-id} led into the directory.
 */
final class FakeHosts implements RemoteShell {
  private final Path root;
  private final Map<String, Path> hosts = new HashMap<>();
  private final Set<String> unreachable = new HashSet<>();
  private final Set<String> reKeyed = new HashSet<>();
  private boolean loseNextReply;
  private boolean refuseNext;

  FakeHosts(Path root) {
    this.root = root;
  }

  /** A machine nobody owns, at the next address of 10.0.0.0/24. */
  synchronized String add() {
    String host = "10.0.0." + (hosts.size() + 1);
    try {
      hosts.put(host, Files.createDirectory(root.resolve(host)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replace(host);
    return host;
  }

  /** Another machine stands at this address. */
  void replace(String host) {
    String id = UUID.randomUUID().toString().replace("-", "");
    write(host, "machine-id", id + "\n");
  }

  void write(String host, String file, String text) {
    try {
      Path path = hosts.get(host).resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> ownerFile(String host) {
    Path file = hosts.get(host).resolve("lib/owner.json");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized Set<String> all() {
    return Set.copyOf(hosts.keySet());
  }

  synchronized void cutOff(String host) {
    unreachable.add(host);
  }

  synchronized void swapHostKey(String host) {
    reKeyed.add(host);
  }

  synchronized void loseNextReply() {
    loseNextReply = true;
  }

  synchronized void refuseNext() {
    refuseNext = true;
  }

  @Override
  public CommandResult read(ShellTarget target, RemoteCommand command) {
    reach(target);
    return execute(target, command);
  }

  @Override
  public CommandResult run(ShellTarget target, RemoteCommand command) {
    reach(target);
    if (take(true)) {
      throw failed(new Failure.Transient("HostUnreachable", "refused", Duration.ofSeconds(1)));
    }
    CommandResult result = execute(target, command);
    if (take(false)) {
      throw failed(new Failure.OutcomeUnknown("ConnectionLost", "the connection broke"));
    }
    return result;
  }

  private synchronized boolean take(boolean refuse) {
    boolean due = refuse ? refuseNext : loseNextReply;
    if (refuse) {
      refuseNext = false;
    } else {
      loseNextReply = false;
    }
    return due;
  }

  private synchronized void reach(ShellTarget target) {
    if (unreachable.contains(target.host())) {
      throw failed(new Failure.Transient("HostUnreachable", "no route", Duration.ofSeconds(10)));
    }
    if (reKeyed.contains(target.host())) {
      throw failed(
          new Failure.Conflict("HostKeyChanged", "the host key of " + target.host() + " changed"));
    }
  }

  private CommandResult execute(ShellTarget target, RemoteCommand command) {
    Path host = hosts.get(target.host());
    String script =
        command
            .script()
            .replace("/var/lib/provisioning", host.resolve("lib").toString())
            .replace("/etc/machine-id", host.resolve("machine-id").toString());
    try {
      Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandResult(process.waitFor(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProviderException failed(Failure failure) {
    return new ProviderException(failure);
  }

  @Override
  public Contact contact(ShellTarget target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OperationReport start(ShellTarget target, RemoteOperation operation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OperationReport await(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OperationReport report(ShellTarget target, OperationId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> appliedState(ShellTarget target, String taskServ) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HealthReport health(ShellTarget target, Map<String, List<HealthCheck>> checks) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<HostDrift> drift(ShellTarget target, String taskServ) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void disconnect(String machine) {}

  @Override
  public void close() {}
}
