package dev.provisioning.api.taskserv;

/** What a service is for. */
public enum Category {
  ContainerRuntime,
  Kubernetes,
  Networking,
  Storage,
  Databases,
  Observability,
  Security,
  Development,
  Infrastructure
}
