package io.github.keycloaknylas.testkit.microsoft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The discovery document, under the addresses by which the caller came. */
final class DiscoveryEndpoint implements Endpoint {

    @Override
    public Reply answer(Call call) {
        EntraUrls urls = call.urls().forTenant(call.tenant().name());
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
        return Reply.json(200, document);
    }
}
