package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Handler;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The discovery document, with the addresses that the caller used. */
record DiscoveryEndpoint(EntraUrls common) implements Handler {

    @Override
    public Response handle(Request request) {
        EntraUrls urls = common.forTenant(Tenant.of(request).name());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", urls.issuer());
        document.put("authorization_endpoint", urls.authorizeUrl());
        document.put("token_endpoint", urls.tokenUrl());
        document.put("jwks_uri", urls.jwksUrl());
        document.put("userinfo_endpoint", urls.userInfoUrl());
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("subject_types_supported", List.of("pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        return Entra.json(200, document);
    }
}
