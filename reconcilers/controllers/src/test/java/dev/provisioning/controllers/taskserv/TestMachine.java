package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.testkit.ssh.MachineContainer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A machine with systemd and sshd, and what services left on it. */
record TestMachine(MachineContainer container) implements AutoCloseable {
  static TestMachine boot() {
    return new TestMachine(MachineContainer.boot("taskserv-shell"));
  }

  String address() {
    return container.address();
  }

  /** Runs a script on the machine, beside SSH; its exit status is of no interest. */
  String exec(String script) {
    return container.exec("{ " + script + "; } 2>&1 || true");
  }

  /** The steps of a service that ran on the machine, in order. */
  List<String> runs(String taskServ) {
    return exec("grep '^" + taskServ + " ' /var/lib/toy-runs")
        .lines()
        .filter(line -> line.startsWith(taskServ + " "))
        .toList();
  }

  /** Operations that the machine was ever given for a service. */
  List<String> operations(String taskServ) {
    return exec("grep -lx " + taskServ + " /var/lib/provisioning/operations/*/taskserv")
        .lines()
        .filter(line -> line.startsWith("/var"))
        .toList();
  }

  /** Changes with every start of a unit. */
  String invocation(String unit) {
    return exec("systemctl show -p InvocationID " + unit);
  }

  /** As a Server of this uid is logged in to. */
  ShellTarget target(String uid) {
    return new ShellTarget(
        uid,
        address(),
        22,
        "root",
        container.userKey(),
        List.of(container.hostKey()),
        ShellTarget.HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    container.close();
  }
}
