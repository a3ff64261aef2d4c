class IndexAuthorsOnCountryCode < ActiveRecord::Migration[6.1]
  def change
    add_index :authors, :country_code
  end
end
