package dev.provisioning.faults;

import java.util.List;

/** A real machine of the container engine and a service on it whose steps count their runs. */
record OneService() implements Scenario {
  /** Prints how often each step ran. */
  static final String STEPS_RUN = "sort /var/lib/tiny-runs | uniq -c | awk '{print $2, $1}'";

  static final String EACH_STEP_ONCE =
      """
      configure 1
      first 1
      second 1
      """;

  @Override
  public String name() {
    return "service";
  }

  @Override
  public String manifests() {
    return """
        apiVersion: provisioning.dev/v1alpha1
        kind: Workspace
        metadata: {name: acme}
        spec: {providers: [{name: here, type: local}], defaults: {server: {image: debian-12}}}
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServDefinition
        metadata: {name: tiny}
        spec:
          category: Development
          description: A daemon that sleeps; each step counts its runs
          versions: [{version: "1.0.0", default: true}]
          config:
            schema: {type: object, additionalProperties: false}
            secrets: [token]
          install:
          - {name: first, run: echo first >>/var/lib/tiny-runs}
          - {name: second, run: echo second >>/var/lib/tiny-runs; sleep 1}
          configure:
          - {name: configure, run: echo configure >>/var/lib/tiny-runs}
          files:
          - path: /etc/systemd/system/tiny.service
            template: |
              [Service]
              ExecStart=/bin/sleep infinity
              [Install]
              WantedBy=multi-user.target
          - {path: /etc/tiny.conf, mode: "0600", template: "token {config.token}\\n"}
          units: [tiny.service]
          healthChecks: [{name: unit, unit: tiny.service, interval: 1s}]
          exports: [{name: greeting, command: echo hello, secret: true}]
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: Server
        metadata: {name: box-01}
        spec: {workspace: acme, resources: {cores: 1, memoryGb: 1}}
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServ
        metadata: {name: tiny}
        spec: {workspace: acme, servers: {names: [box-01]}}
        """;
  }

  @Override
  public List<String> deletions() {
    return List.of("TaskServ", "TaskServDefinition", "Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new EngineWitness(stage.operatorId(), stage.operator.directory());
  }

  /** How often a booting machine is called before it answers, and told, is a matter of time. */
  @Override
  public int writesMore() {
    return 6;
  }

  /** What a machine adds to the story; the rest is pruned to what {@link TwoServers} shows. */
  @Override
  public List<Kills> pruned(Recording recording) {
    return recording.firsts(
        p ->
            p.name()
                .matches(
                    "(shell\\..*|secret\\.(bootstrap-key.*|owned)|operation|(finalizer|status)\\.TaskServ)/after"));
  }
}
