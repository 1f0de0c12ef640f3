package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

/** What a cluster needs before anything of ours is applied. */
final class Clusters {
  private Clusters() {}

  static void installKinds() {
    String crds = Catalogue.repository().resolve("crds").toString();
    var applied = Programs.kubectl("apply", "--server-side", "--force-conflicts", "-f", crds);
    assertThat(applied.code()).as(applied.output()).isZero();
    var known =
        Programs.kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", crds);
    assertThat(known.code()).as(known.output()).isZero();
  }
}
