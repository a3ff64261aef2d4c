require 'rails'
require 'active_record/railtie'

module Library
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = false
    config.secret_key_base = 'only-an-example'
    config.logger = Logger.new(nil)
    # the database comes from DATABASE_URL, there is no config/database.yml
    config.active_record.dump_schema_after_migration = false
  end
end
