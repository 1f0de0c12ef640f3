package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What many failed operations say must fit into one object: etcd takes 1.5 MiB. The first ones say
 * all, the rest only why they failed.
 */
final class Brevity {
  private static final int TELL_ALL = 20;
  private static final int SHORT = 100;

  private Brevity() {}

  static List<OperationStatus> of(List<OperationStatus> all) {
    List<OperationStatus> told = new ArrayList<>(all.size());
    int failed = 0;
    for (OperationStatus status : all) {
      failed += status.phase() == OperationPhase.Failed ? 1 : 0;
      boolean tellsAll = status.phase() != OperationPhase.Failed || failed <= TELL_ALL;
      told.add(tellsAll ? status : brief(status));
    }
    return told;
  }

  private static OperationStatus brief(OperationStatus status) {
    String message = status.message();
    boolean isLong = message != null && message.length() > SHORT;
    return status.with(
        b -> b.logTail(null).message(isLong ? message.substring(0, SHORT - 1) + "…" : message));
  }
}
