select version from webhook_versions
