package dev.provisioning.planning.workspace;

import dev.provisioning.planning.Action;

/** What can be done for a Workspace. */
public sealed interface WorkspaceAction extends Action {
  /** Makes the key that logs in to machines whose Server and Workspace name none. */
  record MakeLoginKey(String secret) implements WorkspaceAction {
    @Override
    public String key() {
      return "login-key";
    }

    @Override
    public String description() {
      return "make a login key in Secret " + secret;
    }
  }

  /** Takes our finalizer off: nothing is in the Workspace any more. */
  record Release() implements WorkspaceAction {
    @Override
    public String key() {
      return "release";
    }

    @Override
    public String description() {
      return "let the Workspace go";
    }
  }
}
