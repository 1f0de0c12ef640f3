package dev.provisioning.faults;

/** A service whose steps count their runs on the machine. */
final class Tiny {
  static final String DEFINITION =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: TaskServDefinition
      metadata: {name: tiny}
      spec:
        category: Development
        description: A daemon that sleeps; each step counts its runs
        versions: [{version: "1.0.0", default: true}]
        config:
          schema:
            type: object
            additionalProperties: false
            properties: {nap: {type: string, default: infinity}}
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
            ExecStart=/bin/sleep {config.nap}
            [Install]
            WantedBy=multi-user.target
        - {path: /etc/tiny.conf, mode: "0600", template: "token {config.token}\\n"}
        units: [tiny.service]
        healthChecks: [{name: unit, unit: tiny.service, interval: 1s}]
        exports: [{name: greeting, command: echo hello, secret: true}]""";

  /** Prints how often each step ran. */
  static final String STEPS_RUN = "sort /var/lib/tiny-runs | uniq -c | awk '{print $2, $1}'";

  static final String EACH_STEP_ONCE =
      """
      configure 1
      first 1
      second 1
      """;

  /** After one change of its configuration. */
  static final String CONFIGURED_TWICE =
      """
      configure 2
      first 1
      second 1
      """;

  private Tiny() {}
}
