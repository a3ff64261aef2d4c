class IndexBooksOnTitle < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :books, :title, algorithm: :concurrently
  end
end
