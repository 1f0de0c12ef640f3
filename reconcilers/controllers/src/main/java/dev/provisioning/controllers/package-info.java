/**
 * The shell: what the controllers of all kinds are given. Each kind has a package; the loop they
 * share is in {@code engine}.
 */
package dev.provisioning.controllers;
