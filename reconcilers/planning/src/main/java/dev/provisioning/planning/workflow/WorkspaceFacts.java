package dev.provisioning.planning.workflow;

import java.util.OptionalInt;

/** What the Workspace says about workflows. {@code concurrentOperations}: empty means no limit. */
public record WorkspaceFacts(
    String name, boolean requireApproval, boolean suspended, OptionalInt concurrentOperations) {}
