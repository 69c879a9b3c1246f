/** Typed settings. No other package reads a raw map or option. */
package io.github.keycloaknylas.config;
