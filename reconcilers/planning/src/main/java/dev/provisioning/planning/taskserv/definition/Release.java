package dev.provisioning.planning.taskserv.definition;

/** Something that a publisher released. */
public record Release(String tag, boolean preRelease) {}
