package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.StepTiming;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.bundle.SealedBundle;
import dev.provisioning.planning.taskserv.OperationKind;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.Bundle.Script;
import dev.provisioning.spi.model.Bundle.StartUnits;
import dev.provisioning.spi.model.Bundle.Step;
import dev.provisioning.spi.model.Bundle.Verify;
import dev.provisioning.spi.model.Bundle.WriteFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order of steps of each kind of operation. */
public final class Operations {
  private static final Duration FILES = Duration.ofMinutes(5);
  private static final Duration UNITS = Duration.ofMinutes(10);

  private final Design design;
  private final TaskServDefinitionSpec definition;
  private final List<Step> steps = new ArrayList<>();

  private Operations(Design design) {
    this.design = design;
    this.definition = design.blueprint().definition();
  }

  /**
   * Makes a machine what the design says. {@code previousVersion} is what is installed there.
   *
   * @param kind any but UNINSTALL
   */
  public static Bundle bundle(Design design, OperationKind kind, Optional<String> previousVersion) {
    Operations operation = new Operations(design);
    switch (kind) {
      case INSTALL -> operation.install(false);
      case RECONFIGURE -> {}
      case UPGRADE -> operation.upgrade();
      case ROLLBACK -> operation.rollback(previousVersion);
      case UNINSTALL -> throw new IllegalArgumentException("Removal makes that");
    }
    operation.configure();
    Map<String, String> environment = new Environment(design, previousVersion).of(kind);
    return operation.bundle(environment);
  }

  /** Makes a machine again what it was: it lost packages, files or units. */
  public static Bundle correction(Design design) {
    Operations operation = new Operations(design);
    operation.fetch(false);
    operation.configure();
    Optional<String> previous = Optional.of(design.version());
    return operation.bundle(new Environment(design, previous).of(OperationKind.RECONFIGURE));
  }

  private void fetch(boolean upgrade) {
    if (!design.packages().isEmpty()) {
      steps.add(OwnSteps.packages(upgrade));
    }
    if (design.artifact().isPresent()) {
      steps.add(OwnSteps.artifact());
    }
  }

  private void install(boolean upgrade) {
    fetch(upgrade);
    scripts(definition.install(), null, StepTiming.AfterInstall);
  }

  private void upgrade() {
    scripts(definition.backup(), null, StepTiming.AfterInstall);
    scripts(definition.upgrade(), StepTiming.BeforeInstall, StepTiming.AfterInstall);
    install(true);
    scripts(definition.upgrade(), StepTiming.AfterInstall, StepTiming.AfterInstall);
  }

  /** What the upgrade did is undone first, the last step first. */
  private void rollback(Optional<String> from) {
    if (from.filter(design.version()::equals).isPresent()) {
      return; // only the configuration goes back
    }
    for (StepSpec step : design.steps(definition.upgrade()).reversed()) {
      if (step.undo() != null) {
        steps.add(
            script(step.with(b -> b.name("undo-" + step.name()).check(null).run(step.undo()))));
      }
    }
    install(true);
  }

  private void configure() {
    if (!files().isEmpty()) {
      steps.add(new WriteFiles("files", FILES, 0, 1));
    }
    scripts(definition.configure(), StepTiming.BeforeStart, StepTiming.BeforeStart);
    if (!design.units().isEmpty()) {
      steps.add(new StartUnits("start", design.units(), UNITS, 0, 1));
    }
    scripts(definition.configure(), StepTiming.AfterStart, StepTiming.BeforeStart);
    if (!design.checks().isEmpty()) {
      steps.add(new Verify("verify", design.checks(), patience(), 0, 1));
    }
  }

  /** {@code when} null takes all; a step that names no time has {@code usual}. */
  private void scripts(List<StepSpec> specs, StepTiming when, StepTiming usual) {
    for (StepSpec step : design.steps(specs)) {
      StepTiming timing = step.when() == null ? usual : step.when();
      if (when == null || timing == when) {
        steps.add(script(step));
      }
    }
  }

  private Script script(StepSpec step) {
    return script(step, design.blueprint().options().stepTimeout(), false);
  }

  static Script script(StepSpec step, Duration usualTimeout, boolean usuallyBestEffort) {
    return new Script(
        step.name(),
        Optional.ofNullable(step.check()),
        step.run(),
        Optional.ofNullable(step.user()),
        DurationText.parse(step.timeout(), usualTimeout),
        step.retries() == null ? 0 : step.retries(),
        step.weight() == null ? 1 : step.weight(),
        step.bestEffort() == null ? usuallyBestEffort : step.bestEffort());
  }

  private Duration patience() {
    Duration longest =
        design.checks().stream()
            .map(check -> check.interval().multipliedBy(Math.max(1, check.retries())))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return design.startPeriod().plus(longest);
  }

  /** The definition's files and one that tells the version: its units restart when that changes. */
  private List<ManagedFile> files() {
    List<ManagedFile> files = new ArrayList<>(design.files());
    if (!design.units().isEmpty()) {
      files.add(
          new ManagedFile(
              versionFile(design.blueprint().identity().taskServ()),
              design.version() + "\n",
              "0644",
              "root:root",
              Optional.empty(),
              design.units(),
              List.of()));
    }
    return files;
  }

  static String versionFile(String taskServ) {
    return "/var/lib/provisioning/versions/" + taskServ;
  }

  private Bundle bundle(Map<String, String> environment) {
    ObjectNode applied = Json.MAPPER.createObjectNode();
    applied.put("version", design.version()).put("configHash", design.configHash());
    design.packages().forEach(applied.putArray("packages")::add);
    design.units().forEach(applied.putArray("units")::add);
    design.dataPaths().forEach(applied.putArray("dataPaths")::add);
    applied.put("appliedBy", design.blueprint().identity().uid());
    return SealedBundle.of(
        new Bundle(
            "",
            design.blueprint().identity().taskServ(),
            files(),
            steps,
            environment,
            Optional.of(applied.toString())));
  }
}
