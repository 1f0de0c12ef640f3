package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.planning.Action;

/** What is done for a definition: it is kept as long as services need it. */
public sealed interface DefinitionAction extends Action {
  /** Put our finalizer on it; the engine does that before it starts anything. */
  record Hold() implements DefinitionAction {
    @Override
    public String key() {
      return "hold";
    }

    @Override
    public String description() {
      return "keep this definition as long as it is used";
    }
  }

  /** Take our finalizer off: nothing uses it. */
  record LetGo() implements DefinitionAction {
    @Override
    public String key() {
      return "let-go";
    }

    @Override
    public String description() {
      return "let this definition be deleted";
    }
  }

  /** Keep its present content, so that services can go back to it after a change that fails. */
  record KeepRevision(String hash) implements DefinitionAction {
    @Override
    public String key() {
      return "keep/" + hash;
    }

    @Override
    public String description() {
      return "keep revision " + hash;
    }
  }
}
