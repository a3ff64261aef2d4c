class AddPositionToReadingLists < ActiveRecord::Migration[6.1]
  def change
    add_column :reading_lists, :position, :integer, default: 0, null: false
  end
end
