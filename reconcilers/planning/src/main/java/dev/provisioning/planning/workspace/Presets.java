package dev.provisioning.planning.workspace;

import dev.provisioning.api.workspace.Limits;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.Policy;
import dev.provisioning.api.workspace.PolicyBuilder;
import dev.provisioning.api.workspace.WorkspaceMode;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.Objects;

/** What a Workspace's mode says where the user says nothing. */
public final class Presets {
  private static final Limits NONE = LimitsBuilder.builder().build();
  private static final Policy SILENT = PolicyBuilder.builder().build();

  private Presets() {}

  /** A field that is null has no limit. */
  public static Limits limits(WorkspaceSpec spec) {
    Limits said = Objects.requireNonNullElse(spec.limits(), NONE);
    Limits preset = preset(mode(spec));
    return said.with(
        limits ->
            limits
                .servers(first(said.servers(), preset.servers()))
                .cores(first(said.cores(), preset.cores()))
                .memoryGb(first(said.memoryGb(), preset.memoryGb())));
  }

  /** The rules that hold; lists are the user's alone. */
  public static Rules policy(WorkspaceSpec spec) {
    Policy said = Objects.requireNonNullElse(spec.policy(), SILENT);
    boolean strict = mode(spec) == WorkspaceMode.Enterprise;
    return new Rules(
        first(said.deletionProtection(), strict),
        first(said.requireApproval(), strict),
        first(said.encryptedStorage(), strict),
        first(said.certifiedProvidersOnly(), strict),
        said.requiredTags(),
        said.maintenanceWindows());
  }

  private static WorkspaceMode mode(WorkspaceSpec spec) {
    return Objects.requireNonNullElse(spec.mode(), WorkspaceMode.Solo);
  }

  private static Limits preset(WorkspaceMode mode) {
    return switch (mode) {
      case Solo -> NONE;
      case MultiUser -> NONE.with(l -> l.servers(10).cores(32).memoryGb(128));
      case CiCd -> NONE.with(l -> l.servers(5).cores(16).memoryGb(64));
      case Enterprise -> NONE.with(l -> l.servers(20).cores(64).memoryGb(256));
    };
  }

  private static <T> T first(T said, T preset) {
    return said == null ? preset : said;
  }
}
