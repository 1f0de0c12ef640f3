/** Tables for layered configuration. */
package dev.provisioning.planning.config;
